package dev.stravinsky.files;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** {@code renameat2} on Linux (3.15, glibc 2.28 or musl 1.2), {@code renamex_np} on macOS. */
final class NativeRename {
  private static final boolean MAC = Os.current() == Os.MACOS;
  private static final int EXCHANGE = 2; // Linux RENAME_EXCHANGE, macOS RENAME_SWAP
  private static final int NO_REPLACE = MAC ? 4 : 1; // RENAME_EXCL, RENAME_NOREPLACE
  private static final int WORKING_DIRECTORY = -100; // AT_FDCWD
  private static final int NOT_IMPLEMENTED = MAC ? 78 : 38; // ENOSYS
  private static final int NOT_SUPPORTED = MAC ? 45 : 95; // ENOTSUP, EOPNOTSUPP

  private static final MethodHandle RENAME =
      MAC
          ? Libc.function("renamex_np", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, JAVA_INT))
          : Libc.function(
              "renameat2",
              FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));

  private NativeRename() {}

  /** Whether the C library has the call at all. */
  static boolean isAvailable() {
    return switch (Os.current()) {
      case LINUX -> Libc.has("renameat2");
      case MACOS -> Libc.has("renamex_np");
      case OTHER -> false;
    };
  }

  static void exchange(Path one, Path other) throws IOException {
    Libc.Result result = call(one, other, EXCHANGE);
    if (result.failed()) {
      throw failure(result.errno(), one, other);
    }
  }

  static void noReplace(Path from, Path to) throws IOException {
    Libc.Result result = call(from, to, NO_REPLACE);
    if (result.failed()) {
      throw result.errno() == Libc.EEXIST
          ? new FileAlreadyExistsException(to.toString())
          : failure(result.errno(), from, to);
    }
  }

  private static Libc.Result call(Path from, Path to, int flags) {
    Path source = from.toAbsolutePath();
    Path target = to.toAbsolutePath();
    return Libc.call(
        (state, arena) ->
            MAC
                ? (int)
                    RENAME.invokeExact(
                        state, Libc.bytes(source, arena), Libc.bytes(target, arena), flags)
                : (int)
                    RENAME.invokeExact(
                        state,
                        WORKING_DIRECTORY,
                        Libc.bytes(source, arena),
                        WORKING_DIRECTORY,
                        Libc.bytes(target, arena),
                        flags));
  }

  /** A file system that does not know the flag says EINVAL, as it says of a folder into itself. */
  private static IOException failure(int errno, Path from, Path to) {
    boolean nested = from.startsWith(to) || to.startsWith(from);
    if (errno == NOT_IMPLEMENTED || errno == NOT_SUPPORTED || errno == Libc.EINVAL && !nested) {
      throw new UnsupportedOperationException(
          "the file system of " + from + " cannot do this rename: " + Libc.words(errno));
    }
    return Libc.failure(errno, from, to);
  }
}
