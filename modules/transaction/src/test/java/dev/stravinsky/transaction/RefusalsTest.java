package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a transaction and its recovery refuse, and what both leave alone. */
final class RefusalsTest {
  private Sandbox sandbox;
  private TransactionWorld world;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
    world = new TransactionWorld(sandbox, e -> e).withUsualFiles().withUsualChanges();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @Test
  void transaction_stepsOutOfOrder_areTheCallersMistake() throws IOException {
    SortedMap<String, EntryState> before = world.live();
    try (Transaction transaction = world.stage(new Told())) {
      assertThatThrownBy(transaction::commit).isInstanceOf(IllegalStateException.class);
      transaction.swap();
      assertThatThrownBy(transaction::swap).isInstanceOf(IllegalStateException.class);
      transaction.commit();
      assertThatThrownBy(transaction::commit).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(transaction::undo)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(transaction.id());
    }
    assertThat(world.live()).isEqualTo(world.expected(before));
  }

  @Test
  void transaction_undone_isOver() throws IOException {
    SortedMap<String, EntryState> before = world.live();
    Told told = new Told();
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      transaction.undo();
      assertThatThrownBy(transaction::undo).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(transaction::commit).isInstanceOf(IllegalStateException.class);
    }
    assertThat(told.calls()).containsExactly("undone");
    assertThat(world.live()).isEqualTo(before);
  }

  @Test
  void stage_contentIsNotWhatItsChecksumSays_isRefusedAndNothingStays() throws IOException {
    SortedMap<String, EntryState> before = world.live();
    for (Change each : world.changes()) {
      if (each instanceof Change.Put put && put.path().equals(EntryPath.of("check.sh"))) {
        Files.writeString(put.content(), "echo evil");
      }
    }
    assertThatThrownBy(() -> world.stage(new Told()))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("check.sh")
        .hasMessageContaining("checksum");
    assertThat(world.live()).isEqualTo(before);
    assertThat(world.leftovers()).isEmpty();
    assertThat(world.journals()).isEmpty();
  }

  @Test
  void stage_noSpaceLeft_nothingStays() throws IOException {
    SortedMap<String, EntryState> before = world.live();
    sandbox
        .faults()
        .plan(
            FaultPlan.failWhere(
                o -> o.kind() == Kind.WRITE && o.path().startsWith(sandbox.claude()),
                Errno.ENOSPC));
    assertThatThrownBy(() -> world.stage(new Told()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("No space left");
    assertThat(world.live()).isEqualTo(before);
    assertThat(world.leftovers()).isEmpty();
    assertThat(world.journals()).isEmpty();
  }

  @Test
  void swap_directoryThatIsMissingIsMadeBySomebody_isUsedAndStays() throws IOException {
    Path deep = world.hook("deep");
    for (boolean commit : List.of(false, true)) {
      try (Transaction transaction = world.stage(new Told())) {
        Files.createDirectories(deep);
        transaction.swap();
        assertThat(world.hook("deep/er/added.py")).hasContent("print('new')");
        if (commit) {
          transaction.commit();
          assertThat(transaction.unfinished()).isEmpty();
        } else {
          transaction.undo();
        }
      }
      assertThat(deep).isDirectory();
      assertThat(Files.exists(world.hook("deep/er"))).isEqualTo(commit);
    }
  }

  @Test
  void swap_twoFilesWereChanged_bothAreNamed() throws IOException {
    try (Transaction transaction = world.stage(new Told())) {
      sandbox.write(world.settingsFile(), "theirs");
      sandbox.write(world.hook("check.sh"), "theirs");
      assertThatThrownBy(transaction::swap)
          .isInstanceOfSatisfying(
              ConcurrentChangeException.class,
              e ->
                  assertThat(e.files())
                      .containsExactlyInAnyOrder(world.settingsFile(), world.hook("check.sh")));
      assertThat(transaction.unfinished()).isEmpty();
    }
  }

  @Test
  void swap_parentBecameALink_refusedAndNothingGoesThere() throws IOException {
    Path outside = Files.createDirectory(sandbox.userHome().resolve("outside"));
    try (Transaction transaction = world.stage(new Told())) {
      Files.createSymbolicLink(world.hook("deep"), outside);
      assertThatThrownBy(transaction::swap).isInstanceOf(ConcurrentChangeException.class);
    }
    assertThat(outside).isEmptyDirectory();
    assertThat(world.hook("deep")).isSymbolicLink();
  }

  @Test
  void recover_directoryAboveIsGone_saysWhatIsMissingAndTheWayOut() throws IOException {
    TransactionRecord record = swappedAndInterrupted();
    Path away = sandbox.userHome().resolve("away");
    Files.move(sandbox.claude(), away);
    for (boolean looking : List.of(true, false)) {
      assertThatThrownBy(() -> lookOrRecover(record, looking))
          .isInstanceOfSatisfying(
              StravinskyException.class, e -> assertRefusal(e, record, sandbox.claude()));
    }
    Files.move(away, sandbox.claude());
    assertThat(recover(record).finished()).isFalse();
  }

  @Test
  void recover_folderIsGone_saysWhatIsMissingAndChangesNothing() throws IOException {
    TransactionRecord record = swappedAndInterrupted();
    Path missing = sandbox.root().resolve(world.leftovers().getFirst());
    Path away = sandbox.userHome().resolve("away");
    Files.move(missing, away);
    SortedMap<String, EntryState> live = world.live();
    assertThatThrownBy(() -> recover(record))
        .isInstanceOfSatisfying(StravinskyException.class, e -> assertRefusal(e, record, missing));
    assertThat(world.live()).isEqualTo(live);
    Files.move(away, missing);
    assertThat(recover(record).finished()).isFalse();
    assertThat(world.hook("check.sh")).hasContent("echo old");
  }

  @Test
  void recover_stagingIsInterruptedAndItsFolderIsGone_isEnded() throws IOException {
    world.stage(new Told());
    world.restart();
    TransactionRecord record = world.transactions().interrupted().getFirst();
    for (String each : world.leftovers()) {
      FileWrites.deleteTree(sandbox.root().resolve(each));
    }
    assertThat(recover(record).finished()).isFalse();
    assertThat(world.journals()).isEmpty();
  }

  @Test
  void writtenSince_oneOfEachKind_namesWhatIsNeitherSide() throws IOException {
    TransactionRecord record = swappedAndInterrupted();
    assertThat(world.transactions().writtenSince(record)).isEmpty();
    sandbox.write(world.hook("deep/er/added.py"), "theirs");
    sandbox.write(world.hook("lib/gone.py"), "theirs");
    sandbox.write(world.hook("check.sh"), "theirs");
    assertThat(world.transactions().writtenSince(record))
        .containsExactlyInAnyOrder(world.hook("deep/er/added.py"), world.hook("check.sh"));
    recover(record);
  }

  @Test
  void recover_onlyTheModeWasChangedSince_oldIsBack() throws IOException {
    TransactionRecord record = swappedAndInterrupted();
    Files.setPosixFilePermissions(world.hook("check.sh"), FileModes.toPermissions(0700));
    Files.setPosixFilePermissions(world.settingsFile(), FileModes.toPermissions(0640));
    Recovered recovered = recover(record);
    assertThat(recovered.foreign()).isEmpty();
    assertThat(world.hook("check.sh")).hasContent("echo old");
    assertThat(world.settingsFile()).hasContent("{\"old\": true}");
  }

  private TransactionRecord swappedAndInterrupted() throws IOException {
    world.stage(new Told()).swap();
    world.restart();
    return world.transactions().interrupted().getFirst();
  }

  private void lookOrRecover(TransactionRecord record, boolean looking) throws IOException {
    if (looking) {
      world.transactions().writtenSince(record);
    } else {
      recover(record);
    }
  }

  private Recovered recover(TransactionRecord record) throws IOException {
    return world.transactions().recover(record, new Told());
  }

  private static void assertRefusal(StravinskyException e, TransactionRecord record, Path file) {
    Problem problem = e.problems().getFirst();
    assertThat(problem.message()).contains("update", record.id());
    assertThat(problem.file()).contains(file);
    assertThat(problem.unchanged()).contains("nothing was changed");
    assertThat(problem.nextCommand())
        .contains("stravinsky recovery emergency --abandon " + record.id());
  }
}
