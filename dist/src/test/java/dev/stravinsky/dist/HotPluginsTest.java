package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.dist.hostile.Hostile;
import dev.stravinsky.dist.hostile.Waits;
import dev.stravinsky.testkit.TestBundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * While an update is held up by a plugin's check, files come, change and go in the folder of
 * plugins: the update ends with what it began with, and the next command takes what is there then.
 */
@Timeout(180)
class HotPluginsTest {
  private static final String OLD = "1.2.3";
  private static final String NEW = "2.0.0";

  @TempDir static Path shared;
  private static PluginTrial trial;

  private Path jar;

  /** What somebody does meanwhile. */
  private interface Deed {
    void happen() throws IOException;
  }

  @BeforeAll
  static void installTheFirstRelease() throws Exception {
    trial = new PluginTrial(shared.resolve("folder"), shared.resolve("you"));
  }

  @BeforeEach
  void begin() throws Exception {
    trial.restore();
    jar = trial.drop("waits.jar", bundle(OLD));
  }

  @Test
  void plugin_added_isTakenByTheNextCommand() throws Exception {
    updateWhile(() -> trial.drop(Hostile.Good.class));

    assertThat(trial.goodIn("START")).doesNotExist();
    assertThat(listed()).contains("test.Waits", "test.Good");
  }

  @Test
  void plugin_replacedByRename_isTakenByTheNextCommand() throws Exception {
    updateWhile(
        () -> {
          Path other = Files.write(shared.resolve("other.jar"), bundle(NEW));
          Files.move(other, jar, StandardCopyOption.ATOMIC_MOVE);
        });

    assertThat(listed()).contains("test.Waits", NEW).doesNotContain(OLD);
  }

  /** The worst: the very bytes that were opened become others, at other places. */
  @Test
  void plugin_overwrittenInPlace_isTakenByTheNextCommand() throws Exception {
    Object before = Files.getAttribute(jar, "unix:ino");
    updateWhile(() -> Files.write(jar, bundle(NEW), StandardOpenOption.TRUNCATE_EXISTING));

    assertThat(Files.getAttribute(jar, "unix:ino")).isEqualTo(before);
    assertThat(listed()).contains("test.Waits", NEW).doesNotContain(OLD);
  }

  @Test
  void plugin_deleted_isGoneForTheNextCommand() throws Exception {
    updateWhile(() -> Files.delete(jar));

    assertThat(listed()).doesNotContain("test.Waits");
  }

  private void updateWhile(Deed deed) throws Exception {
    Path waiting = trial.user().home().resolve("waiting");
    CompletableFuture<Run> update =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return trial.updates();
              } catch (IOException | InterruptedException e) {
                throw new CompletionException(e);
              }
            });
    while (!Files.exists(waiting)) {
      assertThat(update).isNotDone();
      Thread.sleep(10);
    }
    deed.happen();
    Files.createFile(trial.user().home().resolve("go"));

    Run run = update.get();
    trial.assertNew(run);
    assertThat(run.err()).contains("this is version " + OLD + " [plugin/waits]");
  }

  private String listed() throws Exception {
    Run list = trial.user().types("plugin", "list");
    assertThat(list.status()).as(list.toString()).isZero();
    return list.out();
  }

  private static byte[] bundle(String version) {
    return TestBundle.of(Waits.class)
        .header("Bundle-Version", version)
        .header(
            "Bundle-Description", ("Version " + version + " ").repeat(version.equals(OLD) ? 1 : 99))
        .bytes();
  }
}
