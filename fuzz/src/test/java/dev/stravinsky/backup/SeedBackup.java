package dev.stravinsky.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A backup as the product wrote it, with an entry of each kind: what the fuzzers begin from. */
final class SeedBackup {
  static final List<String> ARCHIVES = List.of("hooks.tar.gz", "settings.tar.gz");
  private static final List<String> OTHERS = List.of("RESTORE.txt", "manifest.json");

  private SeedBackup() {}

  static void unpackInto(Path folder) throws IOException {
    for (List<String> names : List.of(ARCHIVES, OTHERS)) {
      for (String name : names) {
        Files.write(folder.resolve(name), read(name));
      }
    }
  }

  static byte[] read(String name) throws IOException {
    try (InputStream in = SeedBackup.class.getResourceAsStream("seed-backup/" + name)) {
      return in.readAllBytes();
    }
  }
}
