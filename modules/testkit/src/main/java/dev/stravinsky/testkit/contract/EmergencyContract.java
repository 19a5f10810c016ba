package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.recovery.Diagnosis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the emergency procedure must find, and mend when asked: each state is made by damaging
 * files. A transaction that was interrupted is the business of suites that can kill a process.
 */
public abstract class EmergencyContract extends InstalledSandbox {

  private Diagnosis examine(boolean apply) throws IOException {
    return sandbox.restart().services().recovery().emergency(Scope.USER, apply);
  }

  private List<String> commands(Diagnosis diagnosis) {
    return diagnosis.manualSteps().stream().flatMap(step -> step.commands().stream()).toList();
  }

  private void damage(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void emergency_noBackups_saysHowToMakeOne() throws IOException {
    sandbox.write(releasedHook(), "echo\n");

    for (boolean apply : List.of(false, true)) {
      assertThat(examine(apply).problems())
          .singleElement()
          .satisfies(
              p -> {
                assertThat(p.message()).contains("no backup yet");
                assertThat(p.nextCommand()).contains("stravinsky backup create");
              });
    }
  }

  @Test
  void emergency_allBackupsDamaged_namesEachAndHowToHaveTheRest() throws IOException {
    update(firstRelease(), "v1");
    Path backups = sandbox.home().backups();
    damage(backups.resolve("v1/hooks.tar.gz"));
    Files.writeString(backups.resolve("untracked/manifest.json"), "{");

    Diagnosis found = examine(false);

    assertThat(found.problems()).extracting(Problem::message).contains("no backup is intact");
    assertThat(found.problems())
        .extracting(p -> p.nextCommand().orElse(""))
        .contains(
            "stravinsky recovery version v1 --partial --dry-run",
            "stravinsky recovery version untracked --partial --dry-run");
    assertThat(commands(found))
        .contains("ls -lt " + backups, "stravinsky-rescue list")
        .anySatisfy(c -> assertThat(c).contains("gzip -t").contains(backups.toString()));

    assertThat(examine(true).done()).hasSize(3);
    assertThat(backups.resolve("v1")).doesNotExist();
    assertThat(backups.resolve("untracked")).doesNotExist();
    try (Stream<Path> kept = Files.list(sandbox.home().quarantine())) {
      assertThat(kept.filter(Files::isDirectory)).hasSize(2);
    }
    assertThat(examine(false).problems())
        .as("what is in quarantine is all that there is")
        .extracting(p -> p.nextCommand().orElse(""))
        .contains("stravinsky recovery version v1 --partial --dry-run");
  }

  @Test
  void emergency_trailDamaged_isNamedAndNothingIsTouched() throws IOException {
    update(firstRelease(), "v1");
    Path log = sandbox.home().operationsLog();
    Files.writeString(log, Files.readString(log).replaceFirst("\"sandbox\"", "\"samdbox\""));
    String damaged = Files.readString(log);

    for (boolean apply : List.of(false, true)) {
      Diagnosis found = examine(apply);
      assertThat(found.problems())
          .anySatisfy(p -> assertThat(p.located()).contains("operations.log"));
      assertThat(found.done()).isEmpty();
    }
    assertThat(log).hasContent(damaged.strip());
  }

  @Test
  void emergency_noSpace_saysHowMuchAndWhere() throws IOException {
    update(firstRelease(), "v1");
    sandbox.settings("{\"safety\": {\"disk_space_threshold_mb\": 10000000}}");

    assertThat(examine(true).problems())
        .isNotEmpty()
        .allSatisfy(
            p -> {
              assertThat(p.kind()).isEqualTo(ErrorKind.DISK_FULL);
              assertThat(p.message()).contains("less than the 10000000 wanted");
              assertThat(p.nextCommand()).contains("stravinsky backup cleanup --dry-run");
            });
  }

  @Test
  void emergency_othersMayRead_isNamedAndMended() throws IOException {
    update(firstRelease(), "v1");
    Path log = sandbox.home().operationsLog();
    Files.setPosixFilePermissions(
        sandbox.home().backups(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setPosixFilePermissions(log, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(examine(false).problems())
        .extracting(p -> p.nextCommand().orElseThrow())
        .containsExactlyInAnyOrder("chmod 700 " + sandbox.home().backups(), "chmod 600 " + log);

    assertThat(examine(true).problems()).isEmpty();
    assertThat(FileModes.of(sandbox.home().backups())).isEqualTo(0700);
    assertThat(FileModes.of(log)).isEqualTo(0600);
    assertThat(examine(false).problems()).isEmpty();
  }

  @Test
  void emergency_inAProject_stepsHaveTheProjectsPathsToo() throws IOException {
    update(firstRelease(), "v1");
    Path hook = sandbox.project().resolve(".claude/hooks/p.sh");
    sandbox.write(hook, "echo\n");
    sandbox.workIn(sandbox.project());

    List<String> commands = commands(sandbox.services().recovery().emergency(Scope.USER, false));

    assertThat(commands)
        .contains(
            "cp -a " + sandbox.claude() + " ~/claude-before-rescue",
            "cp -a " + sandbox.project().resolve(".claude") + " ~/claude-before-rescue-2");
  }

  @Test
  void abandon_nothingOfThatName_isRefused() throws IOException {
    update(firstRelease(), "v1");

    for (String wrong : List.of("nothing", "../x", "")) {
      assertThatThrownBy(() -> sandbox.services().recovery().abandon(wrong))
          .isInstanceOf(NotFoundException.class)
          .hasMessageContaining("no interrupted transaction is called");
    }
  }
}
