package dev.stravinsky.files;

import java.io.IOException;
import java.lang.foreign.Arena;
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

  private static final NativeFunction RENAME = NativeFunction.of(MAC ? "renamex_np" : "renameat2");

  private NativeRename() {}

  /** Whether the C library has the call at all. */
  static boolean isAvailable() {
    return Os.current() != Os.OTHER && RENAME.exists();
  }

  static void exchange(Path one, Path other) throws IOException {
    NativeFunction.Result result = call(one, other, EXCHANGE);
    if (result.failed()) {
      throw failure(result.errno(), one, other);
    }
  }

  static void noReplace(Path from, Path to) throws IOException {
    NativeFunction.Result result = call(from, to, NO_REPLACE);
    if (result.failed()) {
      throw result.errno() == Libc.EEXIST
          ? new FileAlreadyExistsException(to.toString())
          : failure(result.errno(), from, to);
    }
  }

  private static NativeFunction.Result call(Path from, Path to, int flags) {
    Path source = from.toAbsolutePath();
    Path target = to.toAbsolutePath();
    try (Arena arena = Arena.ofConfined()) {
      long old = Libc.bytes(source, arena);
      long wanted = Libc.bytes(target, arena);
      return MAC
          ? RENAME.call(old, wanted, flags)
          : RENAME.call(WORKING_DIRECTORY, old, WORKING_DIRECTORY, wanted, flags);
    }
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
