package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The oracle of the suites on the real disk sees what it is there for. */
class AftermathTest {
  @TempDir static Path temporary;

  private static Trial trial;

  private Aftermath aftermath;
  private Path claude;

  @BeforeAll
  static void install() throws Exception {
    trial = new Trial(temporary, temporary.resolve("home"), 0);
  }

  @BeforeEach
  void restore() throws Exception {
    trial.restore();
    aftermath = trial.aftermath();
    claude = trial.user().claude();
  }

  @Test
  void atOnce_aTornFile_isNamed() throws Exception {
    aftermath.atOnce();
    assertThat(aftermath.violations()).isEmpty();
    Files.writeString(claude.resolve("hooks/format.sh"), "#!/bin/s");
    aftermath.atOnce();
    assertThat(aftermath.violations())
        .singleElement()
        .asString()
        .startsWith("neither old nor new at once: .claude/hooks/format.sh is file rwxr-xr-x");
  }

  @Test
  void atOnce_settingsNameAScriptThatIsGone_isSeen() throws Exception {
    Files.delete(claude.resolve("hooks/legacy/guard.sh"));
    aftermath.atOnce();
    assertThat(aftermath.violations())
        .containsExactly("settings name .claude/hooks/legacy/guard.sh");
  }

  @Test
  void ended_saysWhatIsNotSo_isSeen() throws Exception {
    aftermath.ended(new Run(0, "Update successful", ""));
    assertThat(aftermath.violations()).singleElement().asString().startsWith("says it was done");
    aftermath = trial.aftermath();
    aftermath.ended(new Run(1, "", "java.io.IOException\n\tat java.base/x.Y.z(Y.java:1)\n"));
    aftermath.ended(new Run(1, "", ""));
    assertThat(aftermath.violations())
        .satisfiesExactly(
            v -> assertThat(v).startsWith("a stack trace"),
            v -> assertThat(v).startsWith("no message"));
    aftermath = trial.aftermath();
    aftermath.ended(new Run(0, "", "cleaning up failed; the next command finishes it"));
    assertThat(aftermath.violations()).isEmpty();
    Files.delete(claude.resolve("hooks/mine.sh"));
    aftermath.ended(new Run(1, "", "  Your files are as they were.\n"));
    assertThat(aftermath.violations()).singleElement().asString().startsWith("says nothing");
  }

  @Test
  void status_halfOfItNewAndAFolderLeft_isNamed() throws Exception {
    Files.copy(
        trial.releases().second().resolve("hooks/fresh.sh"), claude.resolve("hooks/fresh.sh"));
    Files.createDirectory(claude.resolve(".stravinsky-x"));
    aftermath.status();
    assertThat(aftermath.violations())
        .satisfiesExactly(
            v -> assertThat(v).startsWith("neither old nor new: old but for [.claude/hooks/fresh"),
            v -> assertThat(v).startsWith("left behind: .claude/.stravinsky-x"));
  }

  @Test
  void status_newByAnotherHandAndTheBackupDamaged_isUntoldAndLost() throws Exception {
    for (String gone : new String[] {"hooks/legacy/guard.sh", "hooks/legacy"}) {
      Files.delete(claude.resolve(gone));
    }
    Files.copy(
        trial.releases().second().resolve("commands/deploy.md"),
        trial.user().dotfiles().resolve("deploy.md"),
        StandardCopyOption.REPLACE_EXISTING);
    Tools.must(
        "sh",
        "-euc",
        "cd \"$1\"; tar --exclude=commands/deploy.md -cf - . | tar -xf - -C \"$2\"",
        "sh",
        trial.releases().second(),
        claude);
    Path archive = trial.user().backups().resolve("v1/settings.tar.gz");
    Files.write(archive, "x".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);

    aftermath.status();

    assertThat(aftermath.isNew()).isTrue();
    assertThat(aftermath.violations())
        .anyMatch(v -> v.startsWith("new: true, but successes in the trail: 0"))
        .anyMatch(v -> v.startsWith("does not verify: v1 "))
        .anyMatch(v -> v.startsWith("lost: "));
  }
}
