package dev.stravinsky.backup;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files in a backup's folder beside its archives, and their checksums. */
final class FolderFiles {
  static final String SUMS = "SHA256SUMS";
  static final String RESTORE = "RESTORE.txt";

  private static final Pattern SUM_LINE =
      Pattern.compile("(?m)^([0-9a-f]{64})  ([A-Za-z0-9_-][A-Za-z0-9._-]*)$");
  private static final int BUFFER_BYTES = 256 * 1024;

  private FolderFiles() {}

  /** A name that stays in its folder. Throws {@link IllegalArgumentException} for any other. */
  static String requireName(String name) {
    boolean leadsOut =
        name.isEmpty() || name.startsWith(".") || name.indexOf('/') >= 0 || name.indexOf('\0') >= 0;
    if (leadsOut || name.indexOf('\n') >= 0 || name.indexOf('\\') >= 0 || name.equals(SUMS)) {
      throw new IllegalArgumentException("not a file of a backup: " + name);
    }
    return name;
  }

  /** What {@code sha256sum} reads: everything but itself, by name. */
  static String sums(BackupManifest manifest, Sha256 ofManifest) {
    SortedMap<String, Sha256> sums = new TreeMap<>();
    manifest.archives().forEach(archive -> sums.put(archive.path(), archive.sha256()));
    sums.put(ManifestWriter.NAME, ofManifest);
    StringBuilder text = new StringBuilder();
    for (Map.Entry<String, Sha256> sum : sums.entrySet()) {
      text.append(sum.getValue().hex()).append("  ").append(sum.getKey()).append('\n');
    }
    return text.toString();
  }

  /**
   * The well-formed lines of a folder's SHA256SUMS, which may be damaged: checksums by file name.
   */
  static Map<String, String> said(Path folder) throws IOException {
    Path sums = folder.resolve(SUMS);
    Map<String, String> said = new TreeMap<>();
    if (Presence.isRegularFile(sums)) {
      Matcher line =
          SUM_LINE.matcher(new String(Files.readAllBytes(sums), StandardCharsets.ISO_8859_1));
      while (line.find()) {
        said.put(line.group(2), line.group(1));
      }
    }
    return said;
  }

  /** Whether the manifest has the checksum that SHA256SUMS or the trail says. */
  static boolean isConfirmed(Path folder, Optional<String> witnessed) throws IOException {
    Path file = folder.resolve(ManifestWriter.NAME);
    for (int reads = 0; reads < 2; reads++) {
      String sum = sha256(file, n -> {}).hex();
      if (witnessed.filter(sum::equals).isPresent() || said(folder).containsValue(sum)) {
        return true;
      }
    }
    return false;
  }

  /** What else is in a backup's folder. */
  static List<Problem> strangers(Path folder, BackupManifest manifest) throws IOException {
    Set<String> known = new HashSet<>(Set.of(SUMS, ManifestWriter.NAME));
    manifest.archives().forEach(archive -> known.add(archive.path()));
    String what = "is no file of the backup; somebody else put it there";
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(each -> !known.contains(each.getFileName().toString()))
          .sorted()
          .map(each -> Problem.of(ErrorKind.CORRUPTED_BACKUP, what).inFile(each))
          .toList();
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The checksum of a file as it is on disk. {@code progress} is told of bytes as they are read.
   */
  static Sha256 sha256(Path file, LongConsumer progress) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        progress.accept(n);
      }
    }
    return Sha256.from(digest);
  }
}
