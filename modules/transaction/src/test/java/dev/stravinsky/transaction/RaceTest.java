package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.Capabilities;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.fs.FileOperation;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody writes in the very moment of the swap. */
final class RaceTest {
  private static final int RACES = 60;

  /** Lets somebody write just before, and just after, a file is moved in or out. */
  private static final class Racing extends LimitedPlatform {
    private final Path live;
    private final List<String> writes;

    Racing(PlatformFiles platform, boolean exchange, Path live, String... writes) {
      super(platform, new Capabilities(exchange, true, true, true));
      this.live = live;
      this.writes = new ArrayList<>(List.of(writes));
    }

    @Override
    public void exchange(Path one, Path other) throws IOException {
      if (other.equals(live)) {
        write();
      }
      super.exchange(one, other);
    }

    @Override
    public void renameNoReplace(Path from, Path to) throws IOException {
      if (from.equals(live) || to.equals(live)) {
        write();
      }
      super.renameNoReplace(from, to);
    }

    private void write() throws IOException {
      if (!writes.isEmpty()) {
        String next = writes.removeFirst();
        if (!next.isEmpty()) {
          Path temporary = live.resolveSibling("theirs.tmp");
          Files.writeString(temporary, next);
          Files.move(
              temporary, live, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static TransactionWorld world(Sandbox sandbox, boolean exchange, String... writes)
      throws IOException {
    Path live = sandbox.claude().resolve("settings.json");
    TransactionWorld world =
        new TransactionWorld(
            sandbox,
            e -> SwapWay.withPlatform(e, new Racing(e.platform(), exchange, live, writes)));
    return world.withUsualFiles().withUsualChanges();
  }

  private static void assertStopped(TransactionWorld world) throws IOException {
    SortedMap<String, EntryState> before = world.live();
    Told told = new Told();
    try (Transaction transaction = world.stage(told)) {
      assertThatThrownBy(transaction::swap)
          .isInstanceOfSatisfying(
              ConcurrentChangeException.class,
              e -> assertThat(e.files()).containsExactly(world.settingsFile()));
    }
    SortedMap<String, EntryState> after = world.live();
    before.remove("settings.json");
    after.remove("settings.json");
    assertThat(after).isEqualTo(before);
    // What was set aside is told of too, before the end.
    assertThat(told.calls()).last().isEqualTo("undone");
    assertThat(told.calls()).filteredOn(c -> !c.startsWith("late write")).hasSize(1);
    assertThat(world.leftovers()).isEmpty();
  }

  @Test
  void swap_writtenJustBeforeTheExchange_theirsIsLiveAgain() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TransactionWorld world = world(sandbox, true, "theirs");
      assertStopped(world);
      assertThat(world.settingsFile()).hasContent("theirs");
    }
  }

  @Test
  void swap_writtenBeforeTheExchangeAndTheExchangeBack_neitherIsLost() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TransactionWorld world = world(sandbox, true, "first", "second");
      assertStopped(world);
      List<String> kept = new ArrayList<>(List.of(Files.readString(world.settingsFile())));
      for (Conflict each : world.services().conflicts().list()) {
        kept.add(Files.readString(each.theirs()));
      }
      assertThat(kept).containsExactlyInAnyOrder("first", "second");
    }
  }

  @Test
  void swap_writtenJustBeforeTheRename_theirsIsLiveAgain() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TransactionWorld world = world(sandbox, false, "theirs");
      assertStopped(world);
      assertThat(world.settingsFile()).hasContent("theirs");
    }
  }

  @Test
  void swap_writtenWhileTheFileIsMissing_theirsIsLive() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TransactionWorld world = world(sandbox, false, "", "theirs");
      assertStopped(world);
      assertThat(world.settingsFile()).hasContent("theirs");
    }
  }

  @Test
  void swap_changedBeforeTheSwap_nothingIsTouchedAtAll() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TransactionWorld world = new TransactionWorld(sandbox, e -> e);
      world.withUsualFiles().withUsualChanges();
      try (Transaction transaction = world.stage(new Told())) {
        sandbox.write(world.settingsFile(), "theirs");
        sandbox.faults().trace(true);
        assertThatThrownBy(transaction::swap).isInstanceOf(ConcurrentChangeException.class);
        assertThat(touched(sandbox)).isEmpty();
      }
    }
  }

  @Test
  void swap_order_scriptsBeforeSettingsAndDeletionsAfterTheCommit() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TransactionWorld world = new TransactionWorld(sandbox, e -> e);
      world.withUsualFiles().withUsualChanges();
      try (Transaction transaction = world.stage(new Told())) {
        sandbox.faults().trace(true);
        transaction.swap();
        assertThat(touched(sandbox))
            .containsExactly("deep", "er", "added.py", "check.sh", "settings.json");
        transaction.commit();
        assertThat(touched(sandbox))
            .containsExactly(
                "deep", "er", "added.py", "check.sh", "settings.json", "gone.py", "lib");
      }
    }
  }

  @Test
  void undo_order_settingsBeforeTheScriptsThatAreRemoved() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TransactionWorld world = new TransactionWorld(sandbox, e -> e);
      world.withUsualFiles().withUsualChanges();
      try (Transaction transaction = world.stage(new Told())) {
        transaction.swap();
        sandbox.faults().trace(true);
        transaction.undo();
        assertThat(touched(sandbox))
            .containsExactly("check.sh", "settings.json", "added.py", "er", "deep");
      }
    }
  }

  /** The live entries that were moved or deleted, in order. */
  private static List<String> touched(Sandbox sandbox) {
    List<String> names = new ArrayList<>();
    for (FileOperation each : sandbox.faults().traced()) {
      boolean moves =
          each.kind() == Kind.EXCHANGE || each.kind() == Kind.RENAME || each.kind() == Kind.DELETE;
      List<Path> paths = new ArrayList<>(List.of(each.path()));
      each.other().ifPresent(paths::add);
      if (moves) {
        paths.stream()
            .filter(p -> p.startsWith(sandbox.claude()))
            .filter(p -> !p.toString().contains(".stravinsky-"))
            .forEach(p -> names.add(p.getFileName().toString()));
      }
    }
    return names;
  }

  @Test
  void swap_realWriterAtARandomMoment_itsWriteIsNeverLost(@TempDir Path directory)
      throws Exception {
    long seed = System.nanoTime();
    System.out.println("RaceTest: seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < RACES; i++) {
      boolean inPlace = random.nextBoolean();
      int delayMicros = random.nextInt(20_000);
      Path top = Files.createDirectory(directory.resolve("race" + i));
      try (Sandbox sandbox = Sandbox.onDisk(top)) {
        TransactionWorld world = new TransactionWorld(sandbox, e -> e);
        world.withUsualFiles().withUsualChanges();
        Path live = world.settingsFile();
        String theirs = "theirs " + i + " ".repeat(50);
        CompletableFuture<Void> writer =
            CompletableFuture.runAsync(() -> write(live, theirs, inPlace, delayMicros));
        try (Transaction transaction = world.stage(new Told())) {
          transaction.swap();
          transaction.commit();
        } catch (ConcurrentChangeException e) {
          assertThat(e.files()).containsExactly(live);
        }
        writer.join();
        List<String> found = new ArrayList<>(List.of(Files.readString(live)));
        for (Conflict each : world.services().conflicts().list()) {
          found.add(Files.readString(each.theirs()));
        }
        assertThat(found).as("seed " + seed + ", race " + i).contains(theirs);
      }
    }
  }

  private static void write(Path live, String content, boolean inPlace, int delayMicros) {
    try {
      Thread.sleep(delayMicros / 1000, delayMicros % 1000 * 1000);
      if (inPlace) {
        Files.writeString(live, content);
      } else {
        Path temporary = live.resolveSibling("theirs.tmp");
        Files.writeString(temporary, content);
        Files.move(temporary, live, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
