package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One entry that cannot be undone, or is another's by then, costs no other entry. */
final class UndoAllTest {
  @Test
  void undo_noteOfAnotherConflictIsDamaged_theOldSideIsSetAsideAllTheSame() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TransactionWorld world = new TransactionWorld(sandbox, e -> e).withUsualFiles();
      world.withUsualChanges();
      damageANote(world);
      try (Transaction transaction = world.stage(new Told())) {
        transaction.swap();
        sandbox.write(world.hook("check.sh"), "theirs");
        transaction.undo();
        assertThat(transaction.unfinished()).singleElement().asString().contains("check.sh");
      }
      try (Stream<Path> kept = Files.walk(sandbox.home().conflicts())) {
        assertThat(kept.filter(p -> p.endsWith("check.sh")))
            .singleElement()
            .satisfies(p -> assertThat(p).hasContent("echo old"));
      }
      assertThat(world.hook("check.sh")).hasContent("theirs");
      assertThat(world.settingsFile()).hasContent("{\"old\": true}");
      assertThat(world.hook("deep/er/added.py")).doesNotExist();
    }
  }

  private static void damageANote(TransactionWorld world) throws IOException {
    Path theirs = world.sandbox().write(world.sandbox().root().resolve("theirs"), "x");
    Path kept =
        world
            .services()
            .conflicts()
            .setAside(new Version("v1"), world.hooks(), EntryPath.of("mine.sh"), theirs)
            .theirs();
    try (Stream<Path> beside = Files.list(kept.getParent())) {
      for (Path each : beside.filter(p -> p.toString().endsWith(".conflict.json")).toList()) {
        Files.writeString(each, "no note");
      }
    }
  }

  /** A kill in the middle of a move by way of a second name left both names. */
  @Test
  void recover_somebodyReplacesAFileOfTwoNames_theirsIsKept() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TransactionWorld world = new TransactionWorld(sandbox, SwapWay.LINK::adapt).withUsualFiles();
      world.withUsualChanges();
      Path live = world.settingsFile();
      AtomicBoolean linked = new AtomicBoolean();
      sandbox
          .faults()
          .plan(
              operation -> {
                boolean links =
                    operation.kind() == Kind.LINK
                        && (operation.path().equals(live)
                            || operation.other().stream().anyMatch(live::equals));
                boolean dies = linked.get();
                linked.compareAndSet(false, links);
                return dies ? new FaultPlan.Verdict.Die() : FaultPlan.NONE.decide(operation);
              });
      assertThatThrownBy(() -> world.stage(new Told()).swap())
          .isInstanceOf(ProcessKilledError.class);
      world.restartAfterKill();
      AtomicBoolean written = new AtomicBoolean();
      sandbox
          .faults()
          .plan(
              operation -> {
                boolean takesAName =
                    operation.kind() == Kind.DELETE || operation.kind() == Kind.RENAME;
                boolean aboutIt =
                    operation.path().equals(live)
                        || operation.path().getFileName().equals(live.getFileName());
                if (takesAName && aboutIt && written.compareAndSet(false, true)) {
                  replace(sandbox, live);
                }
                return FaultPlan.NONE.decide(operation);
              });
      var record = world.transactions().interrupted().getFirst();
      world.transactions().recover(record, new Told());
      assertThat(written).isTrue();
      assertThat(
              Stream.concat(
                      Stream.of(live),
                      world.services().conflicts().list().stream().map(c -> c.theirs()))
                  .map(UndoAllTest::content))
          .contains("theirs", "{\"old\": true}");
      assertThat(world.leftovers()).isEmpty();
    }
  }

  private static void replace(Sandbox sandbox, Path live) {
    try {
      sandbox
          .faults()
          .undisturbed(
              () -> {
                Path temporary = Files.writeString(live.resolveSibling("theirs.tmp"), "theirs");
                return Files.move(temporary, live, StandardCopyOption.REPLACE_EXISTING);
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
