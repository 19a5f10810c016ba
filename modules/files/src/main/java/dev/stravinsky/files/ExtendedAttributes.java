package dev.stravinsky.files;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.stravinsky.api.Presence;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a file carries beside its content and mode: the user's attributes ({@code user.*}) and its
 * access control list ({@code system.posix_acl_access}), by Linux's names. Other systems and file
 * systems in memory have the user's only. What the file system cannot keep is absent.
 */
public final class ExtendedAttributes {
  private static final String USER = "user.";
  private static final String ACCESS_LIST = "system.posix_acl_access";
  private static final int NO_DATA = 61; // ENODATA: removed between listing and reading
  private static final int NOT_SUPPORTED = 95; // EOPNOTSUPP

  private static final NativeFunction LIST = NativeFunction.of("llistxattr");
  private static final NativeFunction GET = NativeFunction.of("lgetxattr");
  private static final NativeFunction SET = NativeFunction.of("lsetxattr");

  private ExtendedAttributes() {}

  /** All that there are, by name; of a link none. */
  public static SortedMap<String, byte[]> of(Path file) throws IOException {
    if (Presence.isSymbolicLink(file)) {
      return Collections.emptySortedMap();
    }
    return isNative(file) ? listed(file) : throughView(file);
  }

  /** Gives a file these; others that it has stay. To be done before the mode is set. */
  public static void set(Path file, Map<String, byte[]> attributes) throws IOException {
    for (Map.Entry<String, byte[]> each : attributes.entrySet()) {
      if (isNative(file)) {
        setNative(file, each.getKey(), each.getValue());
      } else if (each.getKey().startsWith(USER)) {
        view(file).write(each.getKey().substring(USER.length()), ByteBuffer.wrap(each.getValue()));
      }
    }
  }

  /** Gives {@code to} those of {@code from}. */
  public static void copy(Path from, Path to) throws IOException {
    set(to, of(from));
  }

  private static boolean isNative(Path file) {
    return Os.current() == Os.LINUX && file.getFileSystem().provider().getScheme().equals("file");
  }

  private static UserDefinedFileAttributeView view(Path file) {
    return Files.getFileAttributeView(
        file, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static SortedMap<String, byte[]> throughView(Path file) throws IOException {
    SortedMap<String, byte[]> found = new TreeMap<>();
    UserDefinedFileAttributeView view = view(file);
    if (view != null) {
      for (String name : view.list()) {
        ByteBuffer value = ByteBuffer.allocate(view.size(name));
        view.read(name, value);
        found.put(USER + name, value.array());
      }
    }
    return found;
  }

  private static SortedMap<String, byte[]> listed(Path file) throws IOException {
    SortedMap<String, byte[]> found = new TreeMap<>();
    try (Arena arena = Arena.ofConfined()) {
      long path = Libc.bytes(file, arena);
      byte[] names = sized(file, arena, (buffer, size) -> LIST.call(path, buffer, size));
      for (String name : new String(names, StandardCharsets.UTF_8).split("\0")) {
        if (name.startsWith(USER) || name.equals(ACCESS_LIST)) {
          long key = arena.allocateFrom(name).address();
          found.put(name, sized(file, arena, (buffer, size) -> GET.call(path, key, buffer, size)));
        }
      }
    }
    return found;
  }

  /** A call that says how large its answer is when it is given no room. */
  @FunctionalInterface
  private interface SizedCall {
    NativeFunction.Result into(long buffer, long size);
  }

  private static byte[] sized(Path file, Arena arena, SizedCall call) throws IOException {
    NativeFunction.Result answer = call.into(0, 0);
    MemorySegment buffer = MemorySegment.NULL;
    if (answer.value() > 0) {
      long size = answer.value() + 256L; // Room to grow between the two calls.
      buffer = arena.allocate(size);
      answer = call.into(buffer.address(), size);
    }
    if (answer.failed() && answer.errno() != NO_DATA && answer.errno() != NOT_SUPPORTED) {
      throw Libc.failure(answer.errno(), file);
    }
    return buffer.asSlice(0, Math.max(0, answer.value())).toArray(JAVA_BYTE);
  }

  private static void setNative(Path file, String name, byte[] value) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      NativeFunction.Result result =
          SET.call(
              Libc.bytes(file, arena),
              arena.allocateFrom(name).address(),
              arena.allocateFrom(JAVA_BYTE, value).address(),
              value.length,
              0);
      if (result.failed() && result.errno() != NOT_SUPPORTED) {
        throw Libc.failure(result.errno(), file);
      }
    }
  }
}
