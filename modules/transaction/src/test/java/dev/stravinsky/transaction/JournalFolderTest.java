package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Journals that earlier commands left: over, damaged, or in the middle. */
final class JournalFolderTest {
  private Sandbox sandbox;
  private TransactionWorld world;
  private Path journal;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
    world = new TransactionWorld(sandbox, e -> e).withUsualFiles().withUsualChanges();
    world.stage(new Told()).swap();
    world.restart();
    journal = sandbox.root().resolve(world.journals().getFirst());
  }

  @AfterEach
  void close() throws IOException {
    world.close();
    sandbox.close();
  }

  /** The crash between the last record and the removal of the file. */
  private void end() throws IOException {
    try (SwapJournal open = SwapJournal.open(journal)) {
      open.append(JournalCodec.reached(State.CLEAN));
    }
  }

  private void damageSecondRecord() throws IOException {
    byte[] bytes = Files.readAllBytes(journal);
    int second = (int) JournalFrame.sizeOf(SwapJournal.readable(bytes).getFirst().length);
    bytes[second + 60] ^= 1;
    sandbox.write(journal, bytes, 0600);
  }

  @Test
  void interrupted_transactionIsOver_isNoneAndItsJournalIsRemovedByWhoHoldsTheLock()
      throws IOException {
    end();
    assertThat(sandbox.services().transactions().interrupted()).isEmpty();
    assertThat(journal).exists();
    assertThat(world.transactions().interrupted()).isEmpty();
    assertThat(journal).doesNotExist();
  }

  @Test
  void stage_transactionIsOver_itsJournalIsRemoved() throws IOException {
    end();
    TransactionWorld next = new TransactionWorld(sandbox, e -> e);
    next.put(next.hooks(), "mine.sh", "echo new", 0755);
    next.stage(new Told()).close();
    assertThat(journal).doesNotExist();
    next.close();
  }

  @Test
  void interrupted_inTheMiddle_isTold() throws IOException {
    assertThat(world.transactions().interrupted())
        .singleElement()
        .satisfies(r -> assertThat(r.state()).isEqualTo(State.SWAPPED))
        .satisfies(r -> assertThat(r.damage()).isEmpty());
    assertThat(journal).exists();
  }

  @Test
  void interrupted_laterRecordIsDamaged_toldWithItsTargetsAndKept() throws IOException {
    damageSecondRecord();
    List<TransactionRecord> found = world.transactions().interrupted();
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().damage().orElseThrow().message()).contains("record 1");
    assertThat(found.getFirst().targets())
        .containsExactlyInAnyOrder(world.hooks(), world.settings());
    assertThat(journal).exists();
    assertThatThrownBy(() -> world.transactions().recover(found.getFirst(), new Told()))
        .hasMessageContaining("record 1");
    assertThat(world.settingsFile()).hasContent("{\"new\": true}");
  }
}
