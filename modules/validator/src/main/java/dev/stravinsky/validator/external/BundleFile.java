package dev.stravinsky.validator.external;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A plugin's file, of which only the manifest is looked at.
 *
 * @param name the bundle's symbolic name: letters, digits, {@code -}, {@code _} and single dots,
 *     and so a safe file name
 */
record BundleFile(String name, String version, byte[] content) {
  private static final int MAX_BYTES = 64 * 1024 * 1024;
  private static final long MAX_UNPACKED_BYTES = 8L * MAX_BYTES;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  /**
   * Reads a file as a bundle, with every checksum in it.
   *
   * @throws RefusedException if it is none
   * @throws NotFoundException if there is no such file
   */
  static BundleFile read(Path file) throws IOException {
    if (!Presence.exists(file)) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "there is no such file")
              .inFile(file)
              .leaving("nothing was installed")
              .next("docs/plugins.md says how a plugin is built"));
    }
    if (!Presence.isRegularFile(file)) {
      throw refused(file, "it is not a file");
    }
    if (Files.size(file) > MAX_BYTES) {
      throw refused(file, "it is larger than " + MAX_BYTES / 1024 / 1024 + " MB");
    }
    byte[] content = Files.readAllBytes(file);
    Manifest manifest =
        manifest(file, content).orElseThrow(() -> refused(file, "it is a JAR with no manifest"));
    String header = manifest.getMainAttributes().getValue("Bundle-SymbolicName");
    if (header == null) {
      throw refused(file, "its manifest has no Bundle-SymbolicName");
    }
    String name = header.split(";", 2)[0].strip();
    if (!NAME.matcher(name).matches()) {
      throw refused(file, "its Bundle-SymbolicName is none: " + PlainText.line(name));
    }
    String version = manifest.getMainAttributes().getValue("Bundle-Version");
    return new BundleFile(name, version == null ? "0.0.0" : PlainText.line(version), content);
  }

  /** The symbolic name of a file that may be anything. */
  static Optional<String> nameOf(Path file) throws IOException {
    try {
      return Optional.of(read(file).name());
    } catch (RefusedException | NotFoundException e) {
      return Optional.empty(); // Or gone meanwhile.
    }
  }

  private static Optional<Manifest> manifest(Path file, byte[] content) {
    Optional<Manifest> manifest = Optional.empty();
    long unpacked = 0;
    boolean any = false;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        any = true;
        if (entry.getName().equals(JarFile.MANIFEST_NAME)) {
          manifest = Optional.of(new Manifest(zip));
        }
        // To its end: that is when its checksum is compared.
        unpacked += drain(zip, MAX_UNPACKED_BYTES - unpacked);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new RefusedException(problem(file, "it is damaged: " + e.getMessage()), e);
    }
    if (!any || !hasDirectory(content)) {
      String why = content.length == 0 ? "the file is empty" : "it is not a JAR";
      throw refused(file, any ? "it is cut off" : why);
    }
    return manifest;
  }

  private static long drain(InputStream in, long limit) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long size = 0;
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      size += n;
      if (size > limit) {
        throw new IOException("it unpacks to more than " + MAX_UNPACKED_BYTES + " bytes");
      }
    }
    return size;
  }

  /** A JAR ends with a record that says where its directory is; streaming does not come by it. */
  private static boolean hasDirectory(byte[] content) {
    for (int i = content.length - 22; i >= 0 && i >= content.length - 22 - 0xffff; i--) {
      if (content[i] == 'P'
          && content[i + 1] == 'K'
          && content[i + 2] == 5
          && content[i + 3] == 6) {
        return true;
      }
    }
    return false;
  }

  private static RefusedException refused(Path file, String why) {
    return new RefusedException(problem(file, why));
  }

  private static Problem problem(Path file, String why) {
    return Problem.of(ErrorKind.PARSE_ERROR, "not a plugin: " + why)
        .inFile(file)
        .leaving("nothing was installed")
        .next("docs/plugins.md says how a plugin is built");
  }
}
