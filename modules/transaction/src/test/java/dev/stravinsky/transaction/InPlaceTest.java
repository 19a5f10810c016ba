package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.Transactions.SwapMode;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.fs.Credentials;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Files that are mounts of their own: written where they are. */
final class InPlaceTest extends MountedSettings {
  @Test
  void commit_mountedFile_newContentInTheSameFile() throws IOException {
    SortedMap<String, EntryState> before = world.live();
    Object inode = inode();
    world.withUsualChanges();
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      transaction.commit();
      assertThat(transaction.unfinished()).isEmpty();
    }
    assertThat(world.live()).isEqualTo(world.expected(before));
    assertThat(inode()).isEqualTo(inode);
    assertThat(world.leftovers()).isEmpty();
  }

  @Test
  void undo_mountedFile_contentModeAndTimeAreBack() throws IOException {
    settings(LONG, SHORT);
    FileTime time = FileTime.fromMillis(1_500_000_000_000L);
    Files.setLastModifiedTime(live, time);
    SortedMap<String, EntryState> before = world.live();
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      assertThat(live).hasContent(SHORT);
      assertThat(FileModes.of(live)).isEqualTo(0600);
      transaction.undo();
      assertThat(transaction.unfinished()).isEmpty();
    }
    assertThat(world.live()).isEqualTo(before);
    assertThat(Files.getLastModifiedTime(live)).isEqualTo(time);
  }

  @Test
  void commit_linkToAMountedFile_writtenThere() throws IOException {
    sandbox.faults().unmount(live);
    Path end = sandbox.write(sandbox.userHome().resolve("mounted.json"), "{}");
    sandbox.faults().mount(end);
    Files.delete(live);
    Files.createSymbolicLink(live, end);
    assertThat(world.transactions().swapMode(world.settings())).isEqualTo(SwapMode.IN_PLACE);
    world.put(world.settings(), "settings.json", SHORT, 0644);
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      transaction.commit();
    }
    assertThat(live).isSymbolicLink();
    assertThat(end).hasContent(SHORT);
  }

  @Test
  void stage_mountedFileToBeDeletedOrLinked_refusedByName() throws IOException {
    world.delete(world.settings(), "settings.json");
    assertThatThrownBy(() -> world.stage(new Told()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("settings.json");
    world.close();
    TransactionWorld other = new TransactionWorld(sandbox, e -> e);
    other.relink(other.settings(), "settings.json", "elsewhere");
    assertThatThrownBy(() -> other.stage(new Told())).isInstanceOf(RefusedException.class);
    assertThat(world.leftovers()).isEmpty();
  }

  @Test
  void stage_mountedFileThatCannotBeWritten_refusedByName() throws IOException {
    settings(LONG, SHORT);
    sandbox.write(live, LONG.getBytes(StandardCharsets.UTF_8), 0444);
    world.close();
    world = new TransactionWorld(sandbox, e -> e);
    world.put(world.settings(), "settings.json", SHORT, 0600);
    PosixFileAttributes mine = Files.readAttributes(live, PosixFileAttributes.class);
    sandbox.faults().actAs(new Credentials(mine.owner().getName(), mine.group().getName()));
    assertThatThrownBy(
            () -> {
              try (Transaction transaction = world.stage(new Told())) {
                transaction.swap();
              }
            })
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("settings.json");
    assertThat(live).hasContent(LONG);
    assertThat(world.journals()).isEmpty();
  }

  @Test
  void swapMode_onlyWhereSomethingIsMounted_inPlace() throws IOException {
    assertThat(world.transactions().swapMode(world.settings())).isEqualTo(SwapMode.IN_PLACE);
    assertThat(world.transactions().swapMode(world.hooks())).isEqualTo(SwapMode.EXCHANGE);
    sandbox.faults().mount(world.hook("lib/gone.py"));
    assertThat(world.transactions().swapMode(world.hooks())).isEqualTo(SwapMode.IN_PLACE);
    assertThat(SwapMode.IN_PLACE.promise()).contains("half-written").contains("lose");
  }

  @Test
  void swap_longerContent_whatTakesSpaceIsWrittenFirst() throws IOException {
    settings(SHORT, LONG);
    Transaction transaction = world.stage(new Told());
    AtomicInteger writes = new AtomicInteger();
    sandbox
        .faults()
        .plan(
            o ->
                isWrite(o) && writes.incrementAndGet() == 2
                    ? new Verdict.Die()
                    : new Verdict.Proceed());
    assertThatThrownBy(transaction::swap).isInstanceOf(ProcessKilledError.class);
    world.restartAfterKill();
    assertThat(live).hasContent(SHORT + LONG.substring(SHORT.length()));
    assertThat(recover().foreign()).isEmpty();
    assertThat(live).hasContent(SHORT);
  }

  @Test
  void swap_oldContentIsKeptAndForcedBeforeAnythingIsWritten() throws IOException {
    settings(SHORT, LONG);
    Transaction transaction = world.stage(new Told());
    AtomicReference<String> kept = new AtomicReference<>("");
    AtomicInteger syncs = new AtomicInteger();
    sandbox
        .faults()
        .plan(
            o -> {
              if (o.kind() == Kind.SYNC) {
                syncs.incrementAndGet();
                kept.set(oldCopy());
              }
              return isWrite(o) && syncs.get() == 0 ? new Verdict.Die() : new Verdict.Proceed();
            });
    transaction.swap();
    assertThat(kept.get()).isEqualTo(SHORT);
    transaction.commit();
    assertThat(live).hasContent(LONG);
  }

  @Test
  void swap_nothingSyncsTheWholeFileSystem_theCopyOfTheOldContentIsForced() throws IOException {
    world = new TransactionWorld(sandbox, SwapWay.EXCHANGE_WITHOUT_SYNC::adapt);
    settings(SHORT, LONG);
    Transaction transaction = world.stage(new Told());
    sandbox.faults().trace(true);
    transaction.swap();
    List<FileOperation> all = sandbox.faults().traced();
    int written = all.indexOf(all.stream().filter(this::isWrite).findFirst().orElseThrow());
    assertThat(all.subList(0, written))
        .anyMatch(o -> o.kind() == Kind.FORCE && o.path().endsWith("old/0/settings.json"));
    transaction.commit();
  }

  private String oldCopy() {
    try {
      return sandbox
          .faults()
          .undisturbed(
              () -> {
                for (String folder : world.leftovers()) {
                  Path old = sandbox.root().resolve(folder).resolve("old").resolve("0");
                  Path copy = old.resolve("settings.json");
                  if (Files.exists(copy)) {
                    return Files.readString(copy);
                  }
                }
                return "";
              });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void swap_somebodyWritesInThatMoment_stopsAndTheirsIsLive() throws IOException {
    settings(SHORT, LONG);
    String theirs = "{\"theirs\": true}";
    Transaction transaction = world.stage(new Told());
    sandbox.faults().plan(whenForced(live, () -> Files.writeString(live, theirs)));
    assertThatThrownBy(transaction::swap)
        .isInstanceOfSatisfying(
            ConcurrentChangeException.class, e -> assertThat(e.files()).containsExactly(live));
    assertThat(live).hasContent(theirs);
    assertThat(world.services().conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.theirs()).hasContent(SHORT));
    assertThat(world.leftovers()).isEmpty();
  }

  @Test
  void undo_somebodyWritesInThatMoment_theirsIsLiveAndNamed() throws IOException {
    settings(SHORT, LONG);
    String theirs = "{\"theirs\": true}";
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      sandbox.faults().plan(whenForced(live, () -> Files.writeString(live, theirs)));
      transaction.undo();
      assertThat(transaction.unfinished()).singleElement().asString().contains("settings.json");
    }
    assertThat(live).hasContent(theirs);
    assertThat(world.services().conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.theirs()).hasContent(SHORT));
  }

  @Test
  void swap_writeRefused_oldContentAndSaidSo() throws IOException {
    settings(SHORT, LONG);
    AtomicInteger writes = new AtomicInteger();
    Transaction transaction = world.stage(new Told());
    sandbox
        .faults()
        .plan(FaultPlan.failWhere(o -> isWrite(o) && writes.incrementAndGet() == 2, Errno.EIO));
    assertThatThrownBy(transaction::swap)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Input/output error");
    assertThat(live).hasContent(SHORT);
    assertThat(world.leftovers()).isEmpty();
  }

  private boolean isWrite(FileOperation operation) {
    return operation.kind() == Kind.WRITE && operation.path().equals(live);
  }

  private FaultPlan whenForced(Path file, IoAction action) {
    return operation -> {
      if (operation.kind() == Kind.FORCE && operation.path().equals(file)) {
        try {
          sandbox.faults().undisturbed(action::run);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return new Verdict.Proceed();
    };
  }

  /** What another program does. */
  @FunctionalInterface
  private interface IoAction {
    Object run() throws IOException;
  }
}
