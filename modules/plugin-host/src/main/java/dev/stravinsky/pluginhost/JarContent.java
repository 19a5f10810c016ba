package dev.stravinsky.pluginhost;

import dev.stravinsky.api.Presence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.osgi.framework.Constants;

/**
 * A plugin's file as it was when the host started. Its bytes are read once: the file may be
 * replaced, written over or deleted while the plugin runs. All of it is looked at, since Felix
 * would meet a damaged class only when that is needed.
 *
 * @param fault what is wrong with the file, if anything
 * @param symbolicName what the manifest calls it, as far as there is one
 */
record JarContent(byte[] bytes, Optional<String> fault, Optional<String> symbolicName) {
  private static final int MAX_BYTES = 64 * 1024 * 1024;

  static JarContent read(Path file) {
    try {
      if (!Presence.isRegularFile(file)) {
        return unusable("it is not a file that can be read");
      }
      if (Files.size(file) > MAX_BYTES) {
        return unusable("it is larger than " + MAX_BYTES / 1024 / 1024 + " MB");
      }
      byte[] bytes = Files.readAllBytes(file);
      return bytes.length == 0 ? unusable("the file is empty") : of(bytes);
    } catch (IOException e) {
      return unusable("it cannot be read: " + Sentences.of(e));
    }
  }

  private static JarContent of(byte[] bytes) {
    byte[] buffer = new byte[64 * 1024];
    int entries = 0;
    Optional<String> name = Optional.empty();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries++;
        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
          name = nameIn(new Manifest(zip));
        }
        int n;
        do {
          n = zip.read(buffer); // At an entry's end its checksum is compared.
        } while (n >= 0);
      }
    } catch (IOException | IllegalArgumentException e) {
      return unusable("it is damaged: " + Sentences.of(e));
    }
    return entries == 0
        ? unusable("it is not a JAR")
        : new JarContent(bytes, Optional.empty(), name);
  }

  private static Optional<String> nameIn(Manifest manifest) {
    return Optional.ofNullable(manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME))
        .map(header -> header.split(";", 2)[0].strip());
  }

  private static JarContent unusable(String why) {
    return new JarContent(new byte[0], Optional.of(why), Optional.empty());
  }

  InputStream stream() {
    return new ByteArrayInputStream(bytes);
  }
}
