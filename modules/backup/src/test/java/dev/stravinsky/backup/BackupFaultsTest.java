package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every single fault and crash while a backup is made: it is whole or not there, others stay. */
class BackupFaultsTest extends BackupContract {
  private static final int MAX_OPERATIONS = 2_000;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  /** Makes the second backup; the operations that failed are counted from here. */
  private void makeSecond(boolean pending) throws IOException {
    if (pending) {
      store().createPending("tx1", request("v2", BackupReason.INSTALLED), Progress.NONE);
      store().publish("tx1");
    } else {
      backUp("v2");
    }
  }

  private void prepare() throws IOException {
    sandbox.close();
    sandbox = Sandbox.inMemory();
    someFiles();
    backUp("v1");
    sandbox.write(hooks().resolve("guard.py"), "print('changed')\n".getBytes(), 0755);
  }

  private List<String> idsOfIntact() throws IOException {
    assertThat(store().unreadable(Scope.USER)).isEmpty();
    List<Backup> backups = store().list(Scope.USER);
    for (Backup backup : backups) {
      assertThat(store().verify(backup, new Depth.Unpacked(), Progress.NONE).damage()).isEmpty();
    }
    return backups.stream().map(b -> b.id().value()).toList();
  }

  private List<String> hidden() throws IOException {
    try (Stream<Path> all = Files.list(sandbox.home().backups())) {
      return all.map(p -> p.getFileName().toString()).filter(n -> n.startsWith(".")).toList();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "ENOSPC"})
  void create_anySingleFault_leavesNothingAndHarmsNothing(Errno errno) throws IOException {
    int failures = 0;
    for (int n = 1; n < MAX_OPERATIONS; n++) {
      prepare();
      sandbox.faults().plan(FaultPlan.failAt(n, errno));
      boolean failed = false;
      try {
        makeSecond(false);
      } catch (IOException e) {
        failed = true;
      }
      boolean reached = sandbox.faults().injected() > 0;
      sandbox.faults().plan(FaultPlan.NONE);
      if (!reached) {
        assertThat(failures).isGreaterThan(20);
        return;
      }
      assertThat(idsOfIntact()).as("fault " + n).contains("v1");
      if (failed) {
        failures++;
        assertThat(idsOfIntact()).as("fault " + n).containsExactly("v1");
        assertThat(hidden()).as("fault " + n).isEmpty();
      }
      makeSecond(false);
      assertThat(idsOfIntact()).as("after fault " + n).containsExactly("v2", "v1");
    }
  }

  @Test
  void create_killedAtAnyOperation_isWholeOrNotThere() throws IOException {
    killEverywhere(false);
  }

  @Test
  void pending_killedAtAnyOperation_isWholeOrNotThere() throws IOException {
    killEverywhere(true);
  }

  private void killEverywhere(boolean pending) throws IOException {
    for (int n = 1; n < MAX_OPERATIONS; n++) {
      prepare();
      sandbox.faults().plan(FaultPlan.killAt(n));
      try {
        makeSecond(pending);
        sandbox.faults().plan(FaultPlan.NONE);
        assertThat(n).isGreaterThan(20);
        return;
      } catch (ProcessKilledError e) {
        sandbox.restartAfterKill();
      }
      assertThat(idsOfIntact()).as("killed at " + n).contains("v1");
      makeSecond(pending);
      assertThat(idsOfIntact()).as("after kill " + n).containsExactly("v2", "v1");
      assertThat(hidden()).as("after kill " + n).isEmpty();
    }
  }

  @Test
  void verify_diskCannotRead_saysNothingOfTheBackup() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    sandbox
        .faults()
        .plan(
            FaultPlan.failWhere(
                o -> o.kind() == Kind.READ && o.path().endsWith("hooks.tar.gz"), Errno.EIO));

    assertThatThrownBy(() -> store().verify(backup, new Depth.Stored(), Progress.NONE))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> store().resolve(Scope.USER, "v1")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> backup.extract(entries(backup))).isInstanceOf(IOException.class);
    sandbox.faults().plan(FaultPlan.NONE);
    assertThat(idsOfIntact()).containsExactly("v1");
  }

  @Test
  void create_fileUnreadable_namesItAndLeavesNothing() throws IOException {
    someFiles();
    sandbox
        .faults()
        .plan(
            FaultPlan.failWhere(
                o -> o.kind() == Kind.READ && o.path().endsWith("guard.py"), Errno.EIO));

    assertThatThrownBy(() -> backUp("v1")).isInstanceOf(IOException.class);
    sandbox.faults().plan(FaultPlan.NONE);
    assertThat(store().list(Scope.USER)).isEmpty();
    assertThat(hidden()).isEmpty();
  }
}
