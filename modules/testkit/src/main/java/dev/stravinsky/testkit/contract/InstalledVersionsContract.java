package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.InstalledVersions;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.StravinskyException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every record of installed versions must do. */
public abstract class InstalledVersionsContract extends SandboxTest {

  private InstalledVersions installed() throws IOException {
    return sandbox.restart().services().installed();
  }

  private VersionChange change(String tx, String from, String to) {
    return new VersionChange(
        tx,
        new Version(from),
        new Version(to),
        new BackupId(from),
        new BackupId(to + "@2"),
        sandbox.clock().instant());
  }

  @Test
  void current_nothingInstalled_isUntracked() throws IOException {
    assertThat(installed().current(Scope.USER)).isEqualTo(Version.UNTRACKED);
    assertThat(installed().history(Scope.USER)).isEmpty();
    assertThat(sandbox.home().latest()).doesNotExist();
  }

  @Test
  void push_changes_areThereAfterARestartNewestFirst() throws IOException {
    VersionChange first = change("t1", "untracked", "v1");
    VersionChange second = change("t2", "v1", "v2");

    installed().push(Scope.USER, first);
    installed().push(Scope.USER, second);

    assertThat(installed().current(Scope.USER)).isEqualTo(new Version("v2"));
    assertThat(installed().history(Scope.USER)).containsExactly(second, first);
  }

  @Test
  void push_sameTransactionAgain_changesNothing() throws IOException {
    installed().push(Scope.USER, change("t1", "untracked", "v1"));
    installed().push(Scope.USER, change("t2", "v1", "v2"));

    installed().push(Scope.USER, change("t1", "untracked", "v1"));

    assertThat(installed().current(Scope.USER)).isEqualTo(new Version("v2"));
    assertThat(installed().history(Scope.USER)).hasSize(2);
  }

  @Test
  void pop_lastChange_putsTheOneBeforeInForce() throws IOException {
    installed().push(Scope.USER, change("t1", "untracked", "v1"));
    installed().push(Scope.USER, change("t2", "v1", "v2"));

    installed().pop(Scope.USER, "t2");
    installed().pop(Scope.USER, "t2");

    assertThat(installed().current(Scope.USER)).isEqualTo(new Version("v1"));
    assertThat(installed().history(Scope.USER)).hasSize(1);
  }

  @Test
  void scopes_eachHasItsOwnVersion() throws IOException {
    Scope project = Scope.project(sandbox.project());
    installed().push(Scope.USER, change("t1", "untracked", "v1"));
    installed().push(project, change("t2", "untracked", "p1"));

    assertThat(installed().current(Scope.USER)).isEqualTo(new Version("v1"));
    assertThat(installed().current(project)).isEqualTo(new Version("p1"));
    assertThat(installed().versionsInUse())
        .containsExactlyInAnyOrder(Version.UNTRACKED, new Version("v1"), new Version("p1"));
  }

  @Test
  void current_fileDamagedOrNewer_isToldAndNotReplaced() throws IOException {
    sandbox.write(sandbox.home().latest(), "{\"format\": 1, \"scopes\": {");
    assertThatThrownBy(() -> installed().push(Scope.USER, change("t1", "untracked", "v1")))
        .isInstanceOf(StravinskyException.class)
        .hasMessageContaining("latest.json");
    sandbox.write(sandbox.home().latest(), "{\"format\": 2}");
    assertThatThrownBy(() -> installed().current(Scope.USER)).isInstanceOf(RefusedException.class);
    assertThat(sandbox.home().latest()).hasContent("{\"format\": 2}");
  }

  @Test
  void current_anyBitFlipped_isToldOrTheSame() throws IOException {
    installed().push(Scope.USER, change("t1", "untracked", "v1"));
    installed().push(Scope.USER, change("t2", "v1", "v2"));
    List<VersionChange> history = installed().history(Scope.USER);
    byte[] good = Files.readAllBytes(sandbox.home().latest());

    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(sandbox.home().latest(), bad);
      try {
        assertThat(installed().current(Scope.USER)).as("bit %d", bit).isEqualTo(new Version("v2"));
        assertThat(installed().history(Scope.USER)).as("bit %d", bit).isEqualTo(history);
      } catch (StravinskyException e) {
        assertThat(e).hasMessageContaining("latest.json");
      }
    }
  }
}
