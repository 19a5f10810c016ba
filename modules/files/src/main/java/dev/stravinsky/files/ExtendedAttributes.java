package dev.stravinsky.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
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

  private ExtendedAttributes() {}

  /** Each function is linked on first use only, which takes milliseconds; most files have none. */
  private static final class Listing {
    static final MethodHandle CALL =
        Libc.function("llistxattr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG));
  }

  private static final class Getting {
    static final MethodHandle CALL =
        Libc.function(
            "lgetxattr", FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG));
  }

  private static final class Setting {
    static final MethodHandle CALL =
        Libc.function(
            "lsetxattr",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT));
  }

  /** All that there are, by name; of a link none. */
  public static SortedMap<String, byte[]> of(Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
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
    byte[] names =
        sized(
            file,
            (state, arena, buffer, size) ->
                (long) Listing.CALL.invokeExact(state, Libc.bytes(file, arena), buffer, size));
    for (String name : new String(names, StandardCharsets.UTF_8).split("\0")) {
      if (name.startsWith(USER) || name.equals(ACCESS_LIST)) {
        byte[] value =
            sized(
                file,
                (state, arena, buffer, size) ->
                    (long)
                        Getting.CALL.invokeExact(
                            state,
                            Libc.bytes(file, arena),
                            arena.allocateFrom(name),
                            buffer,
                            size));
        found.put(name, value);
      }
    }
    return found;
  }

  /** A call that says how large its answer is when it is given no room. */
  @FunctionalInterface
  private interface SizedCall {
    long invoke(MemorySegment state, java.lang.foreign.Arena arena, MemorySegment buffer, long size)
        throws Throwable;
  }

  private static byte[] sized(Path file, SizedCall call) throws IOException {
    byte[][] answer = {new byte[0]};
    Libc.Result result =
        Libc.call(
            (state, arena) -> {
              long size = call.invoke(state, arena, MemorySegment.NULL, 0L);
              if (size > 0) {
                // Room to grow between the two calls.
                MemorySegment buffer = arena.allocate(size + 256);
                size = call.invoke(state, arena, buffer, size + 256);
                if (size > 0) {
                  answer[0] = buffer.asSlice(0, size).toArray(JAVA_BYTE);
                }
              }
              return (int) size;
            });
    if (result.failed() && result.errno() != NO_DATA && result.errno() != NOT_SUPPORTED) {
      throw Libc.failure(result.errno(), file);
    }
    return answer[0];
  }

  private static void setNative(Path file, String name, byte[] value) throws IOException {
    Libc.Result result =
        Libc.call(
            (state, arena) ->
                (int)
                    Setting.CALL.invokeExact(
                        state,
                        Libc.bytes(file, arena),
                        arena.allocateFrom(name),
                        arena.allocateFrom(JAVA_BYTE, value),
                        (long) value.length,
                        0));
    if (result.failed() && result.errno() != NOT_SUPPORTED) {
      throw Libc.failure(result.errno(), file);
    }
  }
}
