package dev.stravinsky.pluginhost;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads a plugin's file once through: Felix would meet a damaged class only when it is needed. */
final class JarContent {
  private JarContent() {}

  /** What is wrong with the file, if anything. */
  static Optional<String> fault(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.of("it is not a file that can be read");
    }
    byte[] buffer = new byte[64 * 1024];
    int entries = 0;
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in)) {
      if (Files.size(file) == 0) {
        return Optional.of("the file is empty");
      }
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries++;
        int n;
        do {
          n = zip.read(buffer); // At an entry's end its checksum is compared.
        } while (n >= 0);
      }
    } catch (IOException | IllegalArgumentException e) {
      return Optional.of("it is damaged: " + Sentences.of(e));
    }
    return entries == 0 ? Optional.of("it is not a JAR") : Optional.empty();
  }
}
