package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.Loss;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Somebody writes to what is being deleted after the commit: that stays, or is kept. */
final class DeletionMomentsTest extends Moments {
  @Test
  void commit_fileToDeleteWrittenJustBeforeItGoes_stays() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    Path gone = world.hook("lib/gone.py");
    commitWith(
        OtherProgram.at(sandbox, gone, 1, () -> OtherProgram.replace(gone)),
        "gone.py: not deleted");
    assertThat(gone).hasContent("theirs");
    assertThat(world.services().conflicts().list()).isEmpty();
  }

  @Test
  void commit_fileToDeleteWrittenBeforeAndAfterItGoes_neitherIsLost() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    Path gone = world.hook("lib/gone.py");
    commitWith(
        OtherProgram.at(sandbox, gone, 1, () -> OtherProgram.replace(gone))
            .and(OtherProgram.at(sandbox, gone, 2, () -> OtherProgram.write(gone, "later"))),
        "gone.py: not deleted");
    assertThat(gone).hasContent("later");
    assertKept("theirs");
  }

  @Test
  void commit_fileToDeleteIsDeletedBySomebody_nothingIsSaid() throws IOException {
    for (boolean early : List.of(true, false)) {
      try (Sandbox own = Sandbox.inMemory()) {
        TransactionWorld other = new TransactionWorld(own, e -> e).withUsualFiles();
        other.withUsualChanges();
        Path gone = other.hook("lib/gone.py");
        try (Transaction transaction = other.stage(new Told())) {
          transaction.swap();
          if (early) {
            Files.delete(gone);
          } else {
            own.faults().plan(OtherProgram.at(own, gone, 1, () -> Files.deleteIfExists(gone)));
          }
          transaction.commit();
          assertThat(transaction.unfinished()).isEmpty();
        }
        assertThat(other.hook("lib")).doesNotExist();
      }
    }
  }

  @Test
  void commit_fileAddedToADirectoryThatIsDeleted_directoryStays() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      sandbox.write(world.hook("lib/mine.py"), "mine");
      transaction.commit();
      assertThat(transaction.unfinished()).isEmpty();
    }
    assertThat(world.hook("lib/mine.py")).hasContent("mine");
    assertThat(world.hook("lib/gone.py")).doesNotExist();
    assertThat(world.leftovers()).isEmpty();
  }

  @Test
  void commit_fileToDeleteIsOpenForWriting_isKeptAndSaidSo() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    Told told = new Told();
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      sandbox.faults().pretendOpenForWriting(world.hook("lib/gone.py"));
      transaction.commit();
      assertThat(transaction.unfinished())
          .singleElement()
          .asString()
          .startsWith(world.hook("lib/gone.py") + ": another program has the file")
          .contains("open for writing; it is kept as ")
          .doesNotContain("but not what is written from now on");
    }
    assertThat(told.calls()).containsExactly("late write to gone.py", "committed");
    assertKept("print('old')");
  }

  @Test
  void undo_newFileIsOpenForWriting_isKeptAndSaidSo() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    Told told = new Told();
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      sandbox.faults().pretendOpenForWriting(world.hook("deep/er/added.py"));
      transaction.undo();
      assertThat(transaction.unfinished())
          .singleElement()
          .asString()
          .startsWith(world.hook("deep/er/added.py") + ": another program has the file");
    }
    assertThat(told.calls()).containsExactly("late write to added.py", "undone");
    assertKept("print('new')");
  }

  @Test
  void commit_replacedFileIsWrittenAfterTheSwap_isKeptAndSaidSo() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    try (Transaction transaction = world.stage(new Told());
        FileChannel open = FileChannel.open(world.hook("check.sh"), StandardOpenOption.WRITE)) {
      transaction.swap();
      open.write(ByteBuffer.wrap("echo LATE".getBytes(StandardCharsets.UTF_8)));
      transaction.commit();
      assertThat(transaction.unfinished())
          .singleElement()
          .asString()
          .startsWith(
              world.hook("check.sh") + ": another program wrote to the file that was replaced;");
    }
    assertKept("echo LATE");
  }

  /** Deleted by the program and made anew, between the two looks that it takes to delete. */
  @Test
  void recover_fileToDeleteWasMadeAnew_staysAndIsNamed() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    Path gone = world.hook("lib/gone.py");
    Told told = new Told().failing();
    try (Transaction transaction = world.stage(told)) {
      transaction.swap();
      transaction.commit();
    }
    world.restart();
    sandbox.write(gone, "print('old')");
    TransactionRecord record = world.transactions().interrupted().getFirst();
    Recovered recovered = world.transactions().recover(record, new Told());
    assertThat(recovered.finished()).isTrue();
    assertThat(recovered.transaction().state()).isEqualTo(TransactionRecord.State.COMMITTED);
    assertThat(recovered.foreign()).containsExactly(gone);
    assertThat(gone).hasContent("print('old')");
  }

  /** The settings go before the scripts that they name, for certain. */
  @ParameterizedTest
  @EnumSource(names = {"EXCHANGE", "RENAME", "LINK"})
  void commit_settingsAndTheirScriptAreDeleted_powerCutLeavesNoSettingsWithoutScript(SwapWay way)
      throws IOException {
    world = new TransactionWorld(sandbox, way::adapt).withUsualFiles();
    world.delete(world.settings(), "settings.json").delete(world.hooks(), "check.sh");
    Transaction transaction = world.stage(new Told());
    transaction.swap();
    CrashRecording recording = CrashRecording.begin(sandbox.faults());
    transaction.commit();
    int both = 0;
    for (CrashPoint point : recording.end()) {
      for (Loss loss : point.usualLosses()) {
        try (Sandbox cut = sandbox.on(point.after(loss).open())) {
          TransactionWorld left = new TransactionWorld(cut, way::adapt);
          boolean settings = Files.exists(left.settingsFile());
          both += settings ? 1 : 0;
          assertThat(!settings || Files.exists(left.hook("check.sh")))
              .as("%s, losing %s", point.place(), loss)
              .isTrue();
        }
      }
    }
    assertThat(both).isPositive();
  }

  private void commitWith(FaultPlan plan, String said) throws IOException {
    SortedMap<String, EntryState> before = world.live();
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      sandbox.faults().plan(plan);
      transaction.commit();
      assertThat(transaction.unfinished()).anyMatch(s -> s.contains(said));
    }
    assertThat(world.live()).isNotEqualTo(before).containsKey("hooks/lib/gone.py");
    assertThat(world.leftovers()).isEmpty();
  }
}
