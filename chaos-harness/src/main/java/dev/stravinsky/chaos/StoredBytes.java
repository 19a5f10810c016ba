package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Reads backups as {@code sha256sum -c} and {@code tar -xz} would, by a few lines of its own. */
final class StoredBytes {
  private static final int BLOCK = 512;
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) [ *]([\\w.-]+)");

  private StoredBytes() {}

  /** The digests of every file's content in every backup that verifies. */
  static Set<String> inVerifyingBackups(Sandbox sandbox) throws IOException {
    Set<String> digests = new HashSet<>();
    Path backups = sandbox.home().directory().resolve("backups");
    if (!Files.isDirectory(backups)) {
      return digests;
    }
    try (DirectoryStream<Path> list = Files.newDirectoryStream(backups)) {
      for (Path backup : list) {
        if (Files.isRegularFile(backup.resolve("SHA256SUMS")) && verifies(backup)) {
          addArchives(backup, digests);
        }
      }
    }
    return digests;
  }

  private static boolean verifies(Path backup) throws IOException {
    String sums = Files.readString(backup.resolve("SHA256SUMS"), StandardCharsets.ISO_8859_1);
    for (String line : sums.lines().toList()) {
      Matcher sum = SUM.matcher(line);
      if (!sum.matches()) {
        return false;
      }
      Path file = backup.resolve(sum.group(2));
      if (!Files.isRegularFile(file)
          || !Digests.of(Files.readAllBytes(file)).equals(sum.group(1))) {
        return false;
      }
    }
    return true;
  }

  private static void addArchives(Path backup, Set<String> digests) throws IOException {
    try (DirectoryStream<Path> archives = Files.newDirectoryStream(backup, "*.tar.gz")) {
      for (Path archive : archives) {
        try (GZIPInputStream in =
            new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(archive)))) {
          addEntries(in.readAllBytes(), digests);
        }
      }
    }
  }

  /** Headers of 512 bytes: the size in octal at 124, the type at 156; then the content, padded. */
  private static void addEntries(byte[] tar, Set<String> digests) {
    int at = 0;
    while (at + BLOCK <= tar.length && tar[at] != 0) {
      String octal = new String(tar, at + 124, 12, StandardCharsets.ISO_8859_1).strip();
      int size = octal.isEmpty() ? 0 : Integer.parseInt(octal.replace("\0", ""), 8);
      byte type = tar[at + 156];
      int content = at + BLOCK;
      if (type == '0' || type == 0) {
        digests.add(Digests.of(Arrays.copyOfRange(tar, content, content + size)));
      }
      at = content + (size + BLOCK - 1) / BLOCK * BLOCK;
    }
  }
}
