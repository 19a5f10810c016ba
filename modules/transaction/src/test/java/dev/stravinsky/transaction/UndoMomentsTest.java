package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.error.RollbackFailedException;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.Loss;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultFileSystem.Undisturbed;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody writes while a transaction is undone, or before a recovery. */
final class UndoMomentsTest extends Moments {
  private static final Set<Kind> MOVES = Set.of(Kind.EXCHANGE, Kind.RENAME, Kind.LINK, Kind.DELETE);

  @ParameterizedTest
  @EnumSource(names = {"EXCHANGE", "RENAME", "LINK"})
  void undo_writtenJustBeforeTheFileIsBroughtBack_theirsIsLiveAndTheOldOneIsKept(SwapWay way)
      throws IOException {
    openWorld(way);
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      beforeMove(world.settingsFile(), 1, () -> OtherProgram.replace(world.settingsFile()));
      transaction.undo();
      assertThat(transaction.unfinished()).anyMatch(s -> s.contains("settings.json"));
    }
    assertThat(world.settingsFile()).hasContent("theirs");
    assertKept("{\"old\": true}");
  }

  @Test
  void undo_writtenWhileTheFileIsMissing_theirsIsLiveAndTheOldOneIsKept() throws IOException {
    openWorld(SwapWay.RENAME);
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      beforeMove(world.settingsFile(), 2, () -> OtherProgram.replace(world.settingsFile()));
      transaction.undo();
      assertThat(transaction.unfinished()).singleElement().asString().contains("settings.json");
    }
    assertThat(world.settingsFile()).hasContent("theirs");
    assertKept("{\"old\": true}");
  }

  @ParameterizedTest
  @EnumSource(names = {"EXCHANGE", "RENAME", "LINK"})
  void undo_createdFileWrittenJustBeforeItIsRemoved_theirsIsLive(SwapWay way) throws IOException {
    openWorld(way);
    Path created = world.hook("deep/er/added.py");
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      beforeMove(created, 1, () -> OtherProgram.replace(created));
      transaction.undo();
      assertThat(transaction.unfinished()).singleElement().asString().contains("added.py");
    }
    assertThat(created).hasContent("theirs");
    assertThat(world.hook("check.sh")).hasContent("echo old");
  }

  @Test
  void undo_createdFileWrittenBeforeAndAfterItIsRemoved_neitherIsLost() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    Path created = world.hook("deep/er/added.py");
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      sandbox
          .faults()
          .plan(
              OtherProgram.at(sandbox, created, 1, () -> OtherProgram.replace(created))
                  .and(
                      OtherProgram.at(
                          sandbox, created, 2, () -> OtherProgram.write(created, "later"))));
      transaction.undo();
    }
    assertThat(created).hasContent("later");
    assertKept("theirs");
  }

  @Test
  void undo_oneFileFails_theOthersAreBackAndBothSidesStay() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      sandbox
          .faults()
          .plan(
              FaultPlan.failWhere(
                  o ->
                      OtherProgram.moves(o, world.hook("check.sh"))
                          || OtherProgram.moves(o, world.settingsFile()),
                  Errno.EIO));
      assertThatThrownBy(transaction::undo)
          .isInstanceOf(RollbackFailedException.class)
          .hasMessageContaining("undoing the change failed")
          .hasMessageContaining(transaction.id())
          .satisfies(e -> assertThat(e.getCause().getSuppressed()).hasSize(1));
      sandbox.faults().plan(FaultPlan.NONE);
      assertThat(world.hook("check.sh")).hasContent("echo new");
      assertThat(world.hook("deep")).doesNotExist();
      assertThat(world.leftovers()).isNotEmpty();
      assertThat(world.journals()).hasSize(1);
    }
    world.restart();
    recover();
    assertThat(world.hook("check.sh")).hasContent("echo old");
    assertThat(world.settingsFile()).hasContent("{\"old\": true}");
    assertThat(world.leftovers()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"EXCHANGE", "LINK"})
  void recover_somebodyMadeWhatWasNotBroughtInYet_theirsStays(SwapWay way) throws IOException {
    for (String theirs : List.of("theirs", "print('new')")) {
      try (Sandbox own = Sandbox.inMemory()) {
        crashed(own, way, "deep/er/added.py");
        sandbox.write(world.hook("deep/er/added.py"), theirs);
        sandbox.write(world.hook("deep/er/more.py"), "more");
        Recovered recovered = recover();
        assertThat(recovered.finished()).isFalse();
        assertThat(world.hook("deep/er/added.py")).hasContent(theirs);
        assertThat(world.hook("deep/er/more.py")).hasContent("more");
        // Ours had not left its folder, so there is nothing to tell of.
        assertThat(recovered.foreign()).isEmpty();
        assertThat(world.leftovers()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EXCHANGE", "RENAME", "LINK"})
  void recover_writtenJustBeforeTheFileIsBroughtBack_isNamedAndStaysLive(SwapWay way)
      throws IOException {
    openWorld(way);
    world.stage(new Told()).swap();
    world.restart().transactions();
    beforeMove(world.settingsFile(), 1, () -> OtherProgram.replace(world.settingsFile()));
    assertThat(recover().foreign()).containsExactly(world.settingsFile());
    assertThat(world.settingsFile()).hasContent("theirs");
    assertKept("{\"old\": true}");
  }

  @Test
  void recover_nothingCanBeExchangedAnyMore_oldState() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    SortedMap<String, EntryState> before = world.live();
    world.stage(new Told()).swap();
    world.restart();
    world = new TransactionWorld(sandbox, SwapWay.RENAME::adapt);
    assertThat(recover().foreign()).isEmpty();
    assertThat(world.live()).isEqualTo(before);
  }

  @Test
  void recover_somebodyMadeTheDirectoryThatWasNotBroughtInYet_staysThoughEmpty()
      throws IOException {
    try (Sandbox own = Sandbox.inMemory()) {
      crashed(own, SwapWay.EXCHANGE, "deep");
      Files.createDirectory(world.hook("deep"));
      recover();
      assertThat(world.hook("deep")).isEmptyDirectory();
    }
  }

  @Test
  void undo_somebodyMadeTheDirectoryAnew_staysThoughEmpty() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      Files.move(world.hook("deep"), sandbox.userHome().resolve("moved"));
      Files.createDirectory(world.hook("deep"));
      transaction.undo();
    }
    assertThat(world.hook("deep")).isEmptyDirectory();
  }

  /** Opens the world in which the power went when this entry was to be brought in. */
  private void crashed(Sandbox own, SwapWay way, String hook) throws IOException {
    TransactionWorld first = new TransactionWorld(own, way::adapt).withUsualFiles();
    first.withUsualChanges();
    CrashRecording recording = CrashRecording.begin(own.faults());
    try (Transaction transaction = first.stage(new Told())) {
      transaction.swap();
    }
    String live = first.hook(hook).toString();
    CrashPoint point =
        recording.end().stream()
            .filter(p -> p.place().contains("RENAME") || p.place().contains("LINK"))
            .filter(p -> p.place().endsWith(live) || p.place().contains(live + " "))
            .findFirst()
            .orElseThrow();
    sandbox.close();
    sandbox = own.on(point.after(new Loss.Nothing()).open()).withFreshIds();
    world = new TransactionWorld(sandbox, way::adapt);
  }

  private Recovered recover() throws IOException {
    List<TransactionRecord> found = world.transactions().interrupted();
    assertThat(found).hasSize(1);
    return world.transactions().recover(found.getFirst(), new Told());
  }

  private void beforeMove(Path live, int nth, Undisturbed<?> theirs) {
    sandbox.faults().plan(OtherProgram.at(sandbox, live, nth, theirs));
  }
}
