package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.Loss;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The commit record could not be forced, so that nobody knows whether it is on the disk: whatever a
 * crash then leaves of it, the files are the old ones.
 */
final class SuspectJournalTest {
  private Sandbox sandbox;
  private TransactionWorld world;
  private SortedMap<String, EntryState> before;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
    world = new TransactionWorld(sandbox, e -> e).withUsualFiles().withUsualChanges();
    before = world.live();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.close();
  }

  private boolean isOfJournal(FileOperation operation) {
    return operation.path().startsWith(sandbox.home().journal());
  }

  /** Fails the next force of the journal; if {@code noOther}, no new journal can be made either. */
  private FaultPlan forceFails(boolean noOther) {
    boolean[] failed = new boolean[1];
    return operation -> {
      boolean first = !failed[0] && operation.kind() == Kind.FORCE && isOfJournal(operation);
      failed[0] |= first;
      boolean other = noOther && failed[0] && operation.kind() == Kind.CREATE;
      return first || other && isOfJournal(operation)
          ? new Verdict.Fail(Errno.EIO)
          : FaultPlan.NONE.decide(operation);
    };
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void commit_recordNotForced_oldStateAndNothingLeft(boolean noOther) throws IOException {
    Told told = new Told();
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      sandbox.faults().plan(forceFails(noOther));
      assertThatThrownBy(transaction::commit)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Input/output error");
    }
    sandbox.faults().plan(FaultPlan.NONE);
    endWhatIsLeft(world);
    assertThat(told.calls()).doesNotContain("committed");
    assertThat(world.live()).isEqualTo(before);
    assertThat(world.leftovers()).isEmpty();
    assertThat(world.journals()).isEmpty();
  }

  /** The record may have reached the disk all the same: that is the case which must not count. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void commit_recordNotForcedAndThenACrash_oldState(boolean noOther) throws IOException {
    Transaction transaction = world.stage(new Told());
    transaction.swap();
    CrashRecording recording = CrashRecording.begin(sandbox.faults());
    sandbox.faults().plan(forceFails(noOther));
    assertThatThrownBy(transaction::commit).isInstanceOf(IOException.class);
    List<CrashPoint> points = recording.end();
    assertThat(points).hasSizeGreaterThan(5);
    int afterUndoing = 0;
    for (CrashPoint point : points) {
      for (Loss loss : List.of(new Loss.Everything(), new Loss.Nothing())) {
        try (Sandbox cut = sandbox.on(point.after(loss).open()).withFreshIds()) {
          TransactionWorld next = new TransactionWorld(cut, e -> e);
          boolean undone = withoutFolders(next).equals(before);
          endWhatIsLeft(next);
          // Before the repair the record may count, but then nothing is undone yet: all is new.
          assertThat(next.live())
              .as("%s, losing %s", point.place(), loss)
              .isIn(before, world.expected(before));
          if (undone) {
            afterUndoing++;
            assertThat(next.live()).as("%s, losing %s", point.place(), loss).isEqualTo(before);
          }
        }
      }
    }
    assertThat(afterUndoing).isPositive();
  }

  @Test
  void swap_failsAndUndoingFailsToo_bothFailuresAreTold() throws IOException {
    try (Transaction transaction = world.stage(new Told())) {
      sandbox
          .faults()
          .plan(
              FaultPlan.failWhere(
                  o -> OtherProgram.moves(o, world.settingsFile()) || isUndoing(o), Errno.EIO));
      assertThatThrownBy(transaction::swap)
          .isInstanceOf(RollbackFailedException.class)
          .satisfies(
              e -> assertThat(e.getSuppressed()).singleElement().isInstanceOf(IOException.class));
      sandbox.faults().plan(FaultPlan.NONE);
    }
    world.restart();
    endWhatIsLeft(world);
    assertThat(world.live()).isEqualTo(before);
  }

  /** Once the settings were tried, whatever else is moved is moved back. */
  private boolean isUndoing(FileOperation operation) {
    return sandbox.faults().injected() > 0 && OtherProgram.moves(operation, world.hook("check.sh"));
  }

  /** What is live, without the transaction's own. */
  private static SortedMap<String, EntryState> withoutFolders(TransactionWorld world)
      throws IOException {
    SortedMap<String, EntryState> live = world.live();
    live.keySet().removeIf(path -> path.contains(TargetWalk.TRANSACTION_PREFIX));
    return live;
  }

  private static void endWhatIsLeft(TransactionWorld world) throws IOException {
    for (TransactionRecord each : world.transactions().interrupted()) {
      world.transactions().recover(each, new Told());
    }
    assertThat(world.transactions().interrupted()).isEmpty();
  }
}
