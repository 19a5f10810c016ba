package dev.stravinsky.chaos.certificate;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What was put to the test.
 *
 * @param version as released; "not packaged" of classes that are in no JAR
 * @param build a SHA-256 of the program's own JARs, of their names and contents in the order of
 *     their names
 */
public record Product(String version, String build) {
  private static final String NOT_PACKAGED = "not packaged";
  private static final Pattern OWN = Pattern.compile("dev\\.stravinsky\\.[a-z-]+-(.+)\\.jar");

  /** What this process runs. */
  public static Product running() {
    return of(
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList());
  }

  /** What is in these JARs; others than the program's own do not count. */
  static Product of(List<Path> classPath) {
    List<Path> jars =
        classPath.stream()
            .filter(jar -> OWN.matcher(name(jar)).matches())
            .sorted((a, b) -> name(a).compareTo(name(b)))
            .toList();
    return jars.isEmpty()
        ? new Product(NOT_PACKAGED, NOT_PACKAGED)
        : new Product(version(jars.getFirst()), build(jars));
  }

  private static String name(Path jar) {
    return String.valueOf(jar.getFileName());
  }

  private static String version(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      String said = file.getManifest().getMainAttributes().getValue("Bundle-Version");
      Matcher name = OWN.matcher(name(jar));
      return said == null && name.matches() ? name.group(1) : String.valueOf(said);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // This process was loaded from it.
    }
  }

  private static String build(List<Path> jars) {
    StringBuilder sums = new StringBuilder();
    for (Path jar : jars) {
      sums.append(sha256(jar)).append("  ").append(name(jar)).append('\n');
    }
    return HexFormat.of()
        .formatHex(digest().digest(sums.toString().getBytes(StandardCharsets.UTF_8)));
  }

  private static String sha256(Path file) {
    MessageDigest digest = digest();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // This process was loaded from it.
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // Every Java has it.
    }
  }
}
