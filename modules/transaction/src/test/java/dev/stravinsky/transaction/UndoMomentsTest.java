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
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody writes while a transaction is undone, or its deletions are done, or before a recovery.
 */
final class UndoMomentsTest {
  private static final Set<Kind> MOVES = Set.of(Kind.EXCHANGE, Kind.RENAME, Kind.LINK, Kind.DELETE);

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

  @ParameterizedTest
  @EnumSource(names = {"EXCHANGE", "RENAME", "LINK"})
  void undo_writtenJustBeforeTheFileIsBroughtBack_oldIsLiveAndTheirsIsKept(SwapWay way)
      throws IOException {
    openWorld(way);
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      beforeMove(world.settingsFile(), 1, () -> replace(world.settingsFile()));
      transaction.undo();
      assertThat(transaction.unfinished()).anyMatch(s -> s.contains("settings.json"));
    }
    assertThat(world.settingsFile()).hasContent("{\"old\": true}");
    assertKept("theirs");
  }

  @Test
  void undo_writtenWhileTheFileIsMissing_theirsIsLiveAndTheOldOneIsKept() throws IOException {
    openWorld(SwapWay.RENAME);
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      beforeMove(world.settingsFile(), 2, () -> replace(world.settingsFile()));
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
      beforeMove(created, 1, () -> replace(created));
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
              at(o -> moves(o, created), 1, () -> replace(created))
                  .and(at(o -> moves(o, created), 2, () -> write(created, "later"))));
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
                  o -> moves(o, world.hook("check.sh")) || moves(o, world.settingsFile()),
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

  @Test
  void commit_fileToDeleteWrittenJustBeforeItGoes_stays() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    Path gone = world.hook("lib/gone.py");
    commitWith(at(o -> moves(o, gone), 1, () -> replace(gone)), "gone.py: not deleted");
    assertThat(gone).hasContent("theirs");
    assertThat(world.services().conflicts().list()).isEmpty();
  }

  @Test
  void commit_fileToDeleteWrittenBeforeAndAfterItGoes_neitherIsLost() throws IOException {
    openWorld(SwapWay.EXCHANGE);
    Path gone = world.hook("lib/gone.py");
    commitWith(
        at(o -> moves(o, gone), 1, () -> replace(gone))
            .and(at(o -> moves(o, gone), 2, () -> write(gone, "later"))),
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
            own.faults().plan(at(own, o -> moves(o, gone), 1, () -> Files.deleteIfExists(gone)));
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

  private Recovered recover() throws IOException {
    List<TransactionRecord> found = world.transactions().interrupted();
    assertThat(found).hasSize(1);
    return world.transactions().recover(found.getFirst(), new Told());
  }

  private void assertKept(String content) throws IOException {
    assertThat(world.services().conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.theirs()).hasContent(content));
    assertThat(world.leftovers()).isEmpty();
  }

  private void beforeMove(Path live, int nth, Undisturbed<?> theirs) {
    sandbox.faults().plan(at(o -> moves(o, live), nth, theirs));
  }

  private static boolean moves(FileOperation operation, Path live) {
    return MOVES.contains(operation.kind())
        && (operation.path().equals(live) || operation.other().stream().anyMatch(live::equals));
  }

  private FaultPlan at(Predicate<FileOperation> matches, int nth, Undisturbed<?> theirs) {
    return at(sandbox, matches, nth, theirs);
  }

  /** Something happens right before the nth operation that matches. */
  private static FaultPlan at(
      Sandbox sandbox, Predicate<FileOperation> matches, int nth, Undisturbed<?> theirs) {
    int[] left = {nth};
    return operation -> {
      if (matches.test(operation) && --left[0] == 0) {
        try {
          sandbox.faults().undisturbed(theirs);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return FaultPlan.NONE.decide(operation);
    };
  }

  private static Path replace(Path live) throws IOException {
    Path temporary = Files.writeString(live.resolveSibling("theirs.tmp"), "theirs");
    return Files.move(
        temporary, live, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path write(Path live, String content) throws IOException {
    return Files.writeString(live, content);
  }
}
