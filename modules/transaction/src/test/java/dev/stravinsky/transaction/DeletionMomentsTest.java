package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody writes to what is being deleted after the commit: that stays, or is kept. */
final class DeletionMomentsTest {
  private Sandbox sandbox;
  private TransactionWorld world;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.faults().plan(FaultPlan.NONE);
    sandbox.close();
  }

  private void openWorld(SwapWay way) throws IOException {
    world = new TransactionWorld(sandbox, way::adapt).withUsualFiles().withUsualChanges();
  }

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

  private void assertKept(String content) throws IOException {
    assertThat(world.services().conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.theirs()).hasContent(content));
    assertThat(world.leftovers()).isEmpty();
  }
}
