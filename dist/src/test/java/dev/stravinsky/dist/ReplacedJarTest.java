package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A JAR is exchanged by hand, as one does to try something: its old classes must not be served. */
class ReplacedJarTest {
  private static final String OLD = "Show what happened, newest first.";
  private static final String NEW = "Show what happened, NEWEST FIRST.";
  private static final String ENTRY = "dev/stravinsky/cli/command/AuditLog.class";

  @TempDir Path temporary;

  @Test
  void start_jarReplacedBehindTheCache_runsWhatIsThereNow() throws Exception {
    Path copy = temporary.resolve("stravinsky");

    assertThat(Tools.run("cp", "-aL", "--reflink=auto", Distribution.HOME, copy).status()).isZero();
    assertThat(help(copy).out()).contains(OLD);
    List<Path> caches = caches();
    assertThat(caches).hasSize(1);
    FileTime cached = Files.getLastModifiedTime(caches.getFirst());

    replace(jar(copy));

    Run replaced = help(copy);
    assertThat(replaced.out()).contains(NEW).doesNotContain(OLD);
    assertThat(replaced.err()).isEmpty();
    assertThat(replaced.status()).isZero();
    assertThat(Files.getLastModifiedTime(caches.getFirst())).as("the old cache").isEqualTo(cached);
  }

  private Run help(Path distribution) throws Exception {
    return Run.of(
        Map.of("HOME", temporary.resolve("home").toString()),
        distribution.resolve("bin/stravinsky"),
        "audit",
        "log",
        "--help");
  }

  private List<Path> caches() throws IOException {
    try (Stream<Path> files = Files.walk(temporary.resolve("home/.cache"))) {
      return files.filter(file -> file.toString().endsWith(".lists")).toList();
    }
  }

  private static Path jar(Path distribution) throws IOException {
    try (Stream<Path> jars = Files.list(distribution.resolve("lib"))) {
      return jars.filter(jar -> jar.getFileName().toString().startsWith("dev.stravinsky.cli-"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** The same JAR with another sentence of the same length in one class. */
  private static void replace(Path jar) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    try (ZipFile old = new ZipFile(jar.toFile());
        ZipOutputStream out = new ZipOutputStream(written)) {
      for (ZipEntry entry : old.stream().toList()) {
        byte[] content = old.getInputStream(entry).readAllBytes();
        if (entry.getName().equals(ENTRY)) {
          String bytes = new String(content, StandardCharsets.ISO_8859_1);
          assertThat(bytes).contains(OLD);
          content = bytes.replace(OLD, NEW).getBytes(StandardCharsets.ISO_8859_1);
        }
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(content);
        out.closeEntry();
      }
    }
    Files.delete(jar);
    Files.write(jar, written.toByteArray());
  }
}
