package dev.stravinsky.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.HexFormat;

/** The C library: its calls, its errors, and paths as the bytes that it takes. */
final class Libc {
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EACCES = 13;
  static final int EEXIST = 17;
  static final int EINVAL = 22;
  static final int EROFS = 30;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          symbol("strerror"), FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));

  private Libc() {}

  /**
   * What a call returned.
   *
   * @param value the function's value
   * @param errno the error, if the value says that there is one
   */
  record Result(int value, int errno) {
    boolean failed() {
      return value == -1;
    }
  }

  /** Calls a function whose handle takes the place for errno first. */
  @FunctionalInterface
  interface Call {
    int invoke(MemorySegment state, Arena arena) throws Throwable;
  }

  /** A function that returns an int and sets errno; arguments from this place on are variadic. */
  static MethodHandle function(String name, FunctionDescriptor shape, int firstVariadic) {
    Linker.Option errno = Linker.Option.captureCallState("errno");
    return firstVariadic < 0
        ? LINKER.downcallHandle(symbol(name), shape, errno)
        : LINKER.downcallHandle(
            symbol(name), shape, errno, Linker.Option.firstVariadicArg(firstVariadic));
  }

  static MethodHandle function(String name, FunctionDescriptor shape) {
    return function(name, shape, -1);
  }

  static boolean has(String name) {
    return LINKER.defaultLookup().find(name).isPresent();
  }

  private static MemorySegment symbol(String name) {
    return LINKER.defaultLookup().findOrThrow(name);
  }

  /** Makes the call, again if a signal interrupted it. */
  static Result call(Call call) {
    Result result = callOnce(call);
    while (result.errno() == EINTR) {
      result = callOnce(call);
    }
    return result;
  }

  /** For {@code close}, which has closed also when it was interrupted. */
  static Result callOnce(Call call) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int value = call.invoke(state, arena);
      return new Result(value, value == -1 ? (int) ERRNO.get(state, 0L) : 0);
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a call of the C library was not possible", e);
    }
  }

  /** The exception that the JDK would throw, with the system's words. */
  static IOException failure(int errno, Path file, Path other) {
    String second = other == null ? null : other.toString();
    return switch (errno) {
      case ENOENT -> new NoSuchFileException(file.toString(), second, null);
      case EACCES -> new AccessDeniedException(file.toString(), second, null);
      case EEXIST -> new FileAlreadyExistsException(file.toString(), second, null);
      default -> new FileSystemException(file.toString(), second, words(errno));
    };
  }

  static IOException failure(int errno, Path file) {
    return failure(errno, file, null);
  }

  static String words(int errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact(errno);
      return text.reinterpret(Long.MAX_VALUE).getString(0);
    } catch (Throwable e) {
      return "error " + errno;
    }
  }

  /** The bytes of a path as it is on disk, whatever the locale, with the zero at its end. */
  static MemorySegment bytes(Path path, Arena arena) {
    if (!path.getFileSystem().provider().getScheme().equals("file")) {
      throw new ProviderMismatchException(path + " is not on the operating system's disk");
    }
    String text = path.toString();
    boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    byte[] bytes =
        plain ? text.getBytes(StandardCharsets.US_ASCII) : decoded(path.toUri().getRawPath());
    MemorySegment segment = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment;
  }

  private static byte[] decoded(String raw) {
    // The URI of a directory, also of a link to one, ends with a slash, which would be followed.
    int end = raw.length() > 1 && raw.endsWith("/") ? raw.length() - 1 : raw.length();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end);
    for (int i = 0; i < end; i++) {
      if (raw.charAt(i) == '%') {
        bytes.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(raw.charAt(i));
      }
    }
    return bytes.toByteArray();
  }
}
