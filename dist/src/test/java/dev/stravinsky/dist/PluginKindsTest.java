package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.dist.kinds.Tool;
import dev.stravinsky.testkit.TestBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin of every kind but checks takes effect in the packaged distribution, or is named. */
class PluginKindsTest {
  private static final int ROLLED_BACK = 3;
  private static final int BLOCKED = 4;

  @TempDir Path directory;
  private User user;

  @BeforeEach
  void dropThePlugin() throws Exception {
    user = new User(directory.resolve("home"));
    User.write(user.claude().resolve("hooks/README.md"), "Mine\n");
    User.write(user.home().resolve(".tool/mine"), "mine");
    Files.write(
        Files.createDirectories(user.home().resolve(".stravinsky/plugins")).resolve("tool.jar"),
        TestBundle.of(Tool.class).bytes());
  }

  @Test
  void everyKind_inOneUpdate_takesEffect() throws Exception {
    Run updated = user.types("update", "tool:v1", "--version", "v1");

    assertThat(updated.status()).as(updated.toString()).isZero();
    assertThat(tool("edition")).hasContent("v1");
    assertThat(tool("mine")).hasContent("mine");
    assertThat(user.backups().resolve("v1/tool.tar.gz")).exists();
    assertThat(user.backups().resolve("v1/plugin-test.Tool.summary.txt")).hasContent("all in one");
    assertThat(heard())
        .contains("event UPDATE_START", "event BACKUP_CREATED", "event UPDATE_SUCCESS")
        .contains("backup untracked true", "backup v1 true")
        .noneMatch(line -> line.startsWith("notification"));

    failAfterTheSwap();
    Run failed = user.types("update", "tool:v2", "--version", "v2");

    assertThat(failed.status()).as(failed.toString()).isEqualTo(ROLLED_BACK);
    assertThat(tool("edition")).hasContent("v1");
    assertThat(heard()).contains("notification AUTO_ROLLBACK");
  }

  @Test
  void tellers_endTheHost_updateGoesOnAndTheTrailNamesThem() throws Exception {
    misbehave("sink listener notifier");
    failAfterTheSwap();

    Run updated = user.types("update", release(), "--version", "v1");

    assertThat(updated.status()).as(updated.toString()).isEqualTo(ROLLED_BACK);
    String trail = user.types("audit", "log", "--json", "--no-plugins").out();
    assertThat(trail)
        .contains("PLUGIN_FAILED", "audit-sink", "backup-listener", "NOTIFICATION_FAILED")
        .contains("plugin/test.Tool")
        .contains("it ended the plugin host with exit status 3");
  }

  @Test
  void source_endsTheHost_releaseIsNotFetched() throws Exception {
    misbehave("source");

    Run updated = user.types("update", "tool:v1", "--version", "v1");

    assertThat(updated.status()).as(updated.toString()).isEqualTo(1);
    assertThat(updated.err()).contains("tool:v1", "test.Tool", "exit status 3");
    assertThat(tool("edition")).doesNotExist();
    // What is here is installed without asking it.
    assertThat(user.types("update", release(), "--version", "v1").status()).isZero();
  }

  @Test
  void targets_endTheHost_stopByNameAndWithoutPluginsItGoesOn() throws Exception {
    misbehave("targets");

    Run updated = user.types("update", release(), "--version", "v1");

    assertThat(updated.status()).as(updated.toString()).isEqualTo(BLOCKED);
    assertThat(updated.err().replaceAll("\\s+", " "))
        .contains(
            "test.Tool", "exit status 3", "update " + release() + " --version v1 --no-plugins");
    assertThat(user.claude().resolve("hooks/README.md")).hasContent("Mine");
    assertThat(user.types("backup", "create").status()).isEqualTo(BLOCKED);

    Run without = user.types("update", release(), "--version", "v1", "--no-plugins");

    assertThat(without.status()).as(without.toString()).isZero();
    assertThat(tool("edition")).doesNotExist();
    assertThat(user.backups().resolve("v1/tool.tar.gz")).doesNotExist();
  }

  @Test
  void target_nameOfOneElsewhere_stopsWithBothPlaces() throws Exception {
    User.write(
        user.rollbackHome().resolve("config.json"),
        "{\"format\": 1, \"targets\": [{\"name\": \"Tool\", \"path\": \"~/other\"}]}");

    Run updated = user.types("update", release(), "--version", "v1");

    assertThat(updated.status()).as(updated.toString()).isEqualTo(BLOCKED);
    assertThat(updated.err().replaceAll("\\s+", " "))
        .contains("two targets are called \"tool\"", "home/other", "home/.tool");
  }

  @Test
  void commands_thatNeedNoPlugin_startNone() throws Exception {
    for (String command :
        List.of("--version", "backup list", "audit log", "config show", "rollback list")) {
      Run run = user.types((Object[]) command.split(" "));
      assertThat(run.status()).as(run.toString()).isZero();
    }
    assertThat(user.types("status", "--no-plugins").status()).isZero();

    assertThat(user.home().resolve("heard")).doesNotExist();
  }

  private Path release() throws Exception {
    Path release = directory.resolve("release");
    User.write(release.resolve("hooks/README.md"), "Hooks of v1\n");
    return release;
  }

  private void misbehave(String kinds) throws Exception {
    Files.writeString(user.home().resolve("misbehave"), kinds);
  }

  /** By a check that finds fault with whatever is live after an update. */
  private void failAfterTheSwap() throws Exception {
    User.write(
        user.home().resolve(".stravinsky/checks.d/never.sh"),
        """
        #!/bin/sh
        [ "$CHECK_PHASE" = POST_UPDATE ] || exit 0
        echo '{"severity":"BLOCK","kind":"PARSE_ERROR","message":"never"}'
        """);
  }

  private Path tool(String name) {
    return user.home().resolve(".tool").resolve(name);
  }

  private List<String> heard() throws Exception {
    return Files.readAllLines(user.home().resolve("heard"));
  }
}
