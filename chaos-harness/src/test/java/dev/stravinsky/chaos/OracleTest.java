package dev.stravinsky.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.chaos.Fault.Aftermath;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The oracle sees what it is there for. */
class OracleTest {
  private static final Ending NOT_DONE = new Ending(Ending.Kind.NOT_DONE, "refused");
  private static final Ending DONE = new Ending(Ending.Kind.DONE, "done");

  private static World world;
  private static Sandbox prepared;
  private static CleanRun clean;

  @BeforeAll
  static void prepare() throws IOException {
    world = World.of(Operation.UPDATE);
    prepared = world.prepared();
    clean = world.clean();
  }

  @AfterAll
  static void close() throws IOException {
    world.close();
  }

  @Test
  void cleanRun_ofTheUpdate_isTheSecondRelease() {
    Map<String, Fixture.Content> release = Fixture.second();
    // The user changed one of its files, and keeps another one in her dotfiles.
    release.remove("commands/review.md");
    Fixture.Content linked = release.remove("commands/deploy.md");
    release.forEach((path, content) -> assertContent(".claude/" + path, content));
    assertContent("dotfiles/deploy.md", linked);
    assertThat(clean.after().at("/home/tester/.claude/commands/deploy.md"))
        .isEqualTo("link to ../../dotfiles/deploy.md");
    assertThat(clean.after().at("/home/tester/.claude/hooks/old_guard.sh")).isEqualTo("absent");
    assertThat(clean.changes()).isGreaterThan(100);
  }

  private static void assertContent(String path, Fixture.Content content) {
    assertThat(clean.after().at("/home/tester/" + path))
        .as(path)
        .endsWith(Digests.of(content.bytes()));
  }

  @Test
  void atRest_nothingHappened_isFineUnlessItSaysDone() throws IOException {
    try (Sandbox sandbox = prepared.copy()) {
      Oracle oracle = new Oracle(clean);
      assertThat(oracle.atRest(sandbox, NOT_DONE, Aftermath.HEALS)).isEmpty();
      assertThat(oracle.atRest(sandbox, DONE, Aftermath.HEALS))
          .anyMatch(v -> v.startsWith("says it was done"));
      assertThat(oracle.afterRetry(sandbox, DONE)).anyMatch(v -> v.contains("not new"));
    }
  }

  @Test
  void everyAnswer_aTornFile_isNamed() throws IOException {
    try (Sandbox sandbox = prepared.copy()) {
      Oracle oracle = new Oracle(clean);
      sandbox.write(sandbox.claude().resolve("hooks/pre_edit.py"), "#!/usr/bin/env py");
      assertThat(oracle.afterKill(sandbox)).anyMatch(v -> v.contains("torn"));
      assertThat(oracle.notDone(sandbox, NOT_DONE, Aftermath.HEALS)).hasSize(1);
      assertThat(oracle.atRest(sandbox, NOT_DONE, Aftermath.HEALS))
          .anyMatch(v -> v.contains("neither old nor new"));
    }
  }

  @Test
  void atRest_aFolderOfATransaction_isLeftBehind() throws IOException {
    try (Sandbox sandbox = prepared.copy()) {
      Files.createDirectory(sandbox.claude().resolve(".stravinsky-t1"));
      assertThat(new Oracle(clean).atRest(sandbox, NOT_DONE, Aftermath.HEALS))
          .containsExactly("left behind: /home/tester/.claude/.stravinsky-t1");
    }
  }

  @Test
  void atRest_aUsersFileGoneAndNoBackup_isLost() throws IOException {
    try (Sandbox sandbox = prepared.copy()) {
      Path file = sandbox.claude().resolve("hooks/mine.sh");
      String digest = Digests.of(Files.readAllBytes(file));
      Files.delete(file);
      assertThat(new Oracle(clean).atRest(sandbox, NOT_DONE, Aftermath.HEALS))
          .noneMatch(v -> v.startsWith("lost"));
      try (var backups = Files.newDirectoryStream(sandbox.home().directory().resolve("backups"))) {
        for (Path backup : backups) {
          Files.deleteIfExists(backup.resolve("SHA256SUMS"));
        }
      }
      assertThat(new Oracle(clean).atRest(sandbox, NOT_DONE, Aftermath.HEALS))
          .contains("lost: content " + digest);
    }
  }
}
