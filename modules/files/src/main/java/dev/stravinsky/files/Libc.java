package dev.stravinsky.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.HexFormat;

/** The C library: its errors, and paths as the bytes that it takes. */
final class Libc {
  static final int ENOENT = 2;
  static final int EACCES = 13;
  static final int EEXIST = 17;
  static final int EXDEV = 18;
  static final int EINVAL = 22;
  static final int EROFS = 30;

  private static final NativeFunction STRERROR = NativeFunction.of("strerror");

  private Libc() {}

  /** The exception that the JDK would throw, with the system's words. */
  static IOException failure(int errno, Path file, Path other) {
    String second = other == null ? null : other.toString();
    return switch (errno) {
      case ENOENT -> new NoSuchFileException(file.toString(), second, null);
      case EACCES -> new AccessDeniedException(file.toString(), second, null);
      case EEXIST -> new FileAlreadyExistsException(file.toString(), second, null);
      case EXDEV -> new AtomicMoveNotSupportedException(file.toString(), second, words(errno));
      default -> new FileSystemException(file.toString(), second, words(errno));
    };
  }

  static IOException failure(int errno, Path file) {
    return failure(errno, file, null);
  }

  static String words(int errno) {
    return STRERROR.address(errno).reinterpret(Long.MAX_VALUE).getString(0);
  }

  /**
   * The address of the bytes of a path as it is on disk, whatever the locale, with the zero at its
   * end.
   */
  static long bytes(Path path, Arena arena) {
    if (!path.getFileSystem().provider().getScheme().equals("file")) {
      throw new ProviderMismatchException(path + " is not on the operating system's disk");
    }
    String text = path.toString();
    byte[] bytes =
        isPlain(text)
            ? text.getBytes(StandardCharsets.US_ASCII)
            : decoded(path.toUri().getRawPath());
    MemorySegment segment = arena.allocate(bytes.length + 1L);
    MemorySegment.copy(bytes, 0, segment, ValueLayout.JAVA_BYTE, 0, bytes.length);
    return segment.address();
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
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
