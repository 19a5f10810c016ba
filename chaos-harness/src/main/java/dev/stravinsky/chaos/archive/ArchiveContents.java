package dev.stravinsky.chaos.archive;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/** The digests of all files in an archive. */
@FunctionalInterface
public interface ArchiveContents {

  /**
   * The SHA-256 of each regular file's content, in hexadecimal digits.
   *
   * @throws UnreadableException if the archive cannot be unpacked
   */
  Set<String> of(Path archive) throws IOException;

  /** The same by {@code tar} if it is installed and can open the file, else by {@link OwnTar}. */
  static Set<String> digests(Path archive) throws IOException {
    boolean onDisk = archive.getFileSystem().equals(FileSystems.getDefault());
    ArchiveContents reader = onDisk && isInstalled("tar") ? new SystemTar() : new OwnTar();
    return reader.of(archive);
  }

  private static boolean isInstalled(String program) {
    String path = System.getenv("PATH");
    return path != null
        && Arrays.stream(path.split(java.io.File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** The digest of some bytes. */
  static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The archive cannot be unpacked. */
  final class UnreadableException extends IOException {
    private static final long serialVersionUID = 1L;

    UnreadableException(Path archive, String why) {
      super(archive.getFileName() + ": " + why);
    }
  }
}
