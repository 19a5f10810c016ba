package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.api.transaction.Transactions.SwapMode;
import dev.stravinsky.testkit.Sandbox;
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
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that are mounts of their own: written where they are, and mended where that was cut. */
final class InPlaceTest {
  private static final String SHORT = "{\"a\": 1}";
  private static final String LONG = "{\"b\": \"" + "0123456789".repeat(100) + "\"}";

  private Sandbox sandbox;
  private TransactionWorld world;
  private Path live;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
    world = new TransactionWorld(sandbox, e -> e).withUsualFiles();
    live = world.settingsFile();
    sandbox.faults().mount(live);
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  private void settings(String before, String after) throws IOException {
    sandbox.write(live, before);
    world.put(world.settings(), "settings.json", after, 0600);
  }

  private Object inode() throws IOException {
    return Files.readAttributes(live, BasicFileAttributes.class).fileKey();
  }

  private Recovered recover() throws IOException {
    world.restart();
    TransactionRecord record = world.transactions().interrupted().getFirst();
    return world.transactions().recover(record, new Told());
  }

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
  void recover_everyTornWrite_oldContent() throws IOException {
    for (String[] pair : new String[][] {{SHORT, LONG}, {LONG, SHORT}, {LONG, LONG + "x"}}) {
      byte[] old = pair[0].getBytes(StandardCharsets.UTF_8);
      byte[] fresh = pair[1].getBytes(StandardCharsets.UTF_8);
      int longest = Math.max(old.length, fresh.length);
      for (int cut = 0; cut <= longest; cut += 101) {
        assertMended(pair, mixed(fresh, old, cut)); // Coming.
        assertMended(pair, mixed(old, fresh, cut)); // Going back.
      }
      byte[] grown = Arrays.copyOf(old, longest); // The size reached the disk, the bytes did not.
      assertMended(pair, grown);
    }
  }

  /** The beginning of one over the other, as long as the longer one. */
  private static byte[] mixed(byte[] begun, byte[] under, int cut) {
    byte[] mixed = Arrays.copyOf(under, Math.max(begun.length, under.length));
    if (begun.length > under.length) {
      System.arraycopy(begun, under.length, mixed, under.length, begun.length - under.length);
    }
    System.arraycopy(begun, 0, mixed, 0, Math.min(cut, begun.length));
    return mixed;
  }

  private void assertMended(String[] pair, byte[] torn) throws IOException {
    world.close();
    world = new TransactionWorld(sandbox, e -> e);
    settings(pair[0], pair[1]);
    world.stage(new Told()).swap();
    Files.write(live, torn);
    Recovered recovered = recover();
    assertThat(recovered.foreign()).as(new String(torn, StandardCharsets.UTF_8)).isEmpty();
    assertThat(live).hasContent(pair[0]);
    assertThat(FileModes.of(live)).isEqualTo(0644);
    assertThat(world.services().conflicts().list()).isEmpty();
    assertThat(world.leftovers()).isEmpty();
  }

  @Test
  void recover_foreignWrite_staysAndTheOldContentIsSetAside() throws IOException {
    String[] theirs = {
      SHORT.replace('1', '7'),
      SHORT + " ",
      LONG.replaceFirst("9012", "9112"),
      LONG + "\n",
      "",
      SHORT + LONG
    };
    for (String each : theirs) {
      world.close();
      world = new TransactionWorld(sandbox, e -> e);
      settings(SHORT, LONG);
      world.stage(new Told()).swap();
      sandbox.write(live, each);
      Recovered recovered = recover();
      assertThat(recovered.foreign()).as(each).containsExactly(live);
      assertThat(live).as(each).hasContent(each);
      assertThat(world.services().conflicts().list())
          .singleElement()
          .satisfies(c -> assertThat(c.theirs()).hasContent(SHORT));
      assertThat(world.leftovers()).isEmpty();
      world.services().conflicts().resolve(world.services().conflicts().list().getFirst());
    }
  }

  /** As long as one of the two contents, and different from both in the first byte only. */
  @Test
  void recover_foreignWriteThatLooksLikeATornOne_stays() throws IOException {
    settings(SHORT, LONG);
    world.stage(new Told()).swap();
    String theirs = "[" + SHORT.substring(1);
    Files.writeString(live, theirs);
    assertThat(recover().foreign()).containsExactly(live);
    assertThat(live).hasContent(theirs);
  }

  @Test
  void recover_modeSetBySomebodySince_stays() throws IOException {
    settings(SHORT, LONG);
    world.stage(new Told()).swap();
    sandbox.write(live, LONG.getBytes(StandardCharsets.UTF_8), 0640);
    assertThat(recover().foreign()).isEmpty();
    assertThat(live).hasContent(SHORT);
    assertThat(FileModes.of(live)).isEqualTo(0640);
  }

  @Test
  void recover_mountIsGone_refusedUntilItIsBack() throws IOException {
    settings(SHORT, LONG);
    world.stage(new Told()).swap();
    sandbox.faults().unmount(live);
    assertThatThrownBy(this::recover)
        .isInstanceOf(StravinskyException.class)
        .hasMessageContaining("settings.json");
    assertThat(live).hasContent(LONG);
    sandbox.faults().mount(live);
    recover();
    assertThat(live).hasContent(SHORT);
  }

  @Test
  void recover_mountIsGoneBeforeAnythingWasWritten_isEnded() throws IOException {
    settings(SHORT, LONG);
    Transaction transaction = world.stage(new Told());
    AtomicInteger forces = new AtomicInteger();
    Path journal = sandbox.home().journal().resolve(transaction.id() + ".journal");
    // The first forces PREPARED, the second would force SWAPPING: it dies before that is written.
    sandbox
        .faults()
        .plan(
            o ->
                o.path().equals(journal) && o.kind() == Kind.WRITE && forces.incrementAndGet() == 2
                    ? new Verdict.Die()
                    : new Verdict.Proceed());
    assertThatThrownBy(transaction::swap).isInstanceOf(ProcessKilledError.class);
    world.restartAfterKill();
    sandbox.faults().unmount(live);
    assertThat(recover().foreign()).isEmpty();
    assertThat(live).hasContent(SHORT);
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
