package dev.stravinsky.chaos;

import dev.stravinsky.chaos.archive.ArchiveContents;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads backups as {@code sha256sum -c} and {@code tar -xz} do, with nothing of the product's. */
final class StoredBytes {
  private static final String SUMS = "SHA256SUMS";
  private static final String MANIFEST = "manifest.json";
  private static final Pattern SUM = Pattern.compile("([0-9a-f]{64}) [ *]([\\w.-]+)");

  private StoredBytes() {}

  /** The digests of every file's content in every backup that verifies and can be unpacked. */
  static Set<String> inVerifyingBackups(Sandbox sandbox) throws IOException {
    Set<String> digests = new HashSet<>();
    for (Path backup : verifying(sandbox)) {
      try {
        digests.addAll(contents(backup, sandbox));
      } catch (ArchiveContents.UnreadableException e) {
        continue; // What cannot be unpacked keeps nothing.
      }
    }
    return digests;
  }

  /** The backups that verify, also those that are not published or are being deleted. */
  static List<Path> verifying(Sandbox sandbox) throws IOException {
    List<Path> verifying = new ArrayList<>();
    for (Path backup : all(sandbox)) {
      if (verifies(backup)) {
        verifying.add(backup);
      }
    }
    return verifying;
  }

  /** A sentence for each backup that does not verify. */
  static List<String> damaged(Sandbox sandbox) throws IOException {
    List<String> damaged = new ArrayList<>();
    for (Path backup : all(sandbox)) {
      if (!isHidden(backup) && !verifies(backup)) {
        damaged.add("the backup " + backup.getFileName() + " does not verify");
      }
    }
    return damaged;
  }

  /** A sentence for each backup whose checksums hold and that cannot be unpacked all the same. */
  static List<String> unreadable(Sandbox sandbox) throws IOException {
    List<String> unreadable = new ArrayList<>();
    for (Path backup : verifying(sandbox)) {
      try {
        contents(backup, sandbox);
      } catch (ArchiveContents.UnreadableException e) {
        unreadable.add(backup.getFileName() + " verifies and cannot be unpacked: " + e);
      }
    }
    return unreadable;
  }

  /** Whether a backup is there; one whose deletion is under way still is, under another name. */
  static boolean isThere(Sandbox sandbox, String id) throws IOException {
    Path backups = backups(sandbox);
    if (Files.exists(backups.resolve(id).resolve(SUMS))) {
      return true;
    }
    for (Path backup : all(sandbox)) {
      if (backup.getFileName().toString().startsWith(".deleting-" + id + "-")) {
        return true;
      }
    }
    return false;
  }

  private static Path backups(Sandbox sandbox) {
    return sandbox.home().directory().resolve("backups");
  }

  private static boolean isHidden(Path backup) {
    return backup.getFileName().toString().startsWith(".");
  }

  private static List<Path> all(Sandbox sandbox) throws IOException {
    List<Path> all = new ArrayList<>();
    Path backups = backups(sandbox);
    if (Files.isDirectory(backups)) {
      try (DirectoryStream<Path> list = Files.newDirectoryStream(backups)) {
        for (Path backup : list) {
          if (Files.exists(backup.resolve(SUMS)) || Files.exists(backup.resolve(MANIFEST))) {
            all.add(backup);
          }
        }
      }
    }
    return all;
  }

  private static boolean verifies(Path backup) throws IOException {
    if (!Files.isRegularFile(backup.resolve(SUMS))) {
      return false;
    }
    Set<String> needed = new TreeSet<>(Set.of(MANIFEST));
    archives(backup).forEach(archive -> needed.add(archive.getFileName().toString()));
    String sums = Files.readString(backup.resolve(SUMS), StandardCharsets.ISO_8859_1);
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
      needed.remove(sum.group(2));
    }
    return needed.isEmpty();
  }

  private static List<Path> archives(Path backup) throws IOException {
    List<Path> archives = new ArrayList<>();
    try (DirectoryStream<Path> list = Files.newDirectoryStream(backup, "*.tar.gz")) {
      list.forEach(archives::add);
    }
    return archives;
  }

  /** On a real disk past the file system that fails, so that {@code tar} can read them. */
  private static Set<String> contents(Path backup, Sandbox sandbox) throws IOException {
    Set<String> digests = new HashSet<>();
    for (Path archive : archives(backup)) {
      Path place = sandbox.isInMemory() ? archive : Path.of(archive.toString());
      digests.addAll(ArchiveContents.digests(place));
    }
    return digests;
  }
}
