package dev.stravinsky.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Environment;
import dev.stravinsky.testkit.Sandbox;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs what {@code docs/embedding.md} shows. */
class EmbeddingTest {
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Path PAGE = Path.of("..", "..", "docs", "embedding.md");

  @Test
  void embeddingPage_everyBlock_compilesAndRuns(@TempDir Path temporary) throws Exception {
    StringBuilder body = new StringBuilder();
    Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
    int count = 0;
    while (blocks.find()) {
      body.append(blocks.group(1));
      count++;
    }
    assertThat(count).as("blocks on the page").isEqualTo(5);
    Path source = Files.writeString(temporary.resolve("Page.java"), page(body.toString()));

    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("-d", temporary.toString(), "-cp", System.getProperty("java.class.path")),
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(source.toFile()))
            .call();
    assertThat(compiled).as(messages.toString()).isTrue();

    try (Sandbox sandbox = Sandbox.onDisk(Files.createDirectory(temporary.resolve("sandbox")));
        URLClassLoader loader = new URLClassLoader(new URL[] {temporary.toUri().toURL()})) {
      Path release = Files.createDirectories(temporary.resolve("release").resolve("hooks"));
      Files.writeString(release.resolve("hello.sh"), "#!/bin/sh\nexit 0\n");
      loader
          .loadClass("Page")
          .getMethod("run", Environment.class, Path.class)
          .invoke(null, sandbox.environment(), release.getParent());
      assertThat(sandbox.claude().resolve("hooks").resolve("hello.sh"))
          .as("the page ends with an undo")
          .doesNotExist();
      assertThat(Files.readString(sandbox.environment().home().operationsLog()))
          .contains("BACKUP_CREATED", "UPDATE_SUCCESS", "MANUAL_ROLLBACK");
    }
  }

  private static String page(String body) {
    return """
        import dev.stravinsky.api.*;
        import dev.stravinsky.api.audit.*;
        import dev.stravinsky.api.backup.*;
        import dev.stravinsky.api.check.*;
        import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
        import dev.stravinsky.api.update.*;
        import dev.stravinsky.spi.Phase;
        import java.nio.file.Path;
        import java.time.*;
        import java.util.*;

        public class Page {
          public static void run(Environment environment, Path release) throws Exception {
        %s
          }
        }
        """
        .formatted(body);
  }
}
