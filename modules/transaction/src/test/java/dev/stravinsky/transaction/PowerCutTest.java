package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.DiskImage;
import dev.stravinsky.testkit.crash.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes at every operation that changes something, and what was not forced is lost:
 * afterwards every file is old, or every file is new, and the settings name nothing that is not
 * there, not even before the recovery.
 */
final class PowerCutTest {
  private static final List<Loss> LOSSES =
      List.of(new Loss.Everything(), new Loss.Nothing(), new Loss.Data());

  /** What a command does with its transaction. */
  enum End {
    COMMIT,
    UNDO
  }

  @ParameterizedTest
  @EnumSource(SwapWay.class)
  void commit_powerCutAnywhere_oldOrNew(SwapWay way) throws IOException {
    cutAnywhere(way, End.COMMIT);
  }

  @ParameterizedTest
  @EnumSource(SwapWay.class)
  void undo_powerCutAnywhere_old(SwapWay way) throws IOException {
    cutAnywhere(way, End.UNDO);
  }

  @ParameterizedTest
  @EnumSource(names = {"EXCHANGE", "RENAME"})
  void recover_powerCutRightAfter_staysAsItWasRecovered(SwapWay way) throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TransactionWorld world = prepared(sandbox, way);
      SortedMap<String, EntryState> before = world.live();
      SortedMap<String, EntryState> after = world.expected(before);
      for (CrashPoint point : recorded(world, End.COMMIT)) {
        try (Sandbox crashed = sandbox.on(point.after(new Loss.Nothing()).open())) {
          TransactionWorld next = new TransactionWorld(crashed.withFreshIds(), way::adapt);
          way.mount(next);
          CrashRecording recording = CrashRecording.begin(crashed.faults());
          recover(next);
          SortedMap<String, EntryState> recovered = next.live();
          assertThat(recovered).as(point.place()).isIn(before, after);
          CrashPoint over = recording.end().getLast();
          try (Sandbox cut = sandbox.on(over.after(new Loss.Everything()).open())) {
            TransactionWorld last = new TransactionWorld(cut, way::adapt);
            assertThat(last.live()).as(point.place()).isEqualTo(recovered);
            assertThat(last.leftovers()).as(point.place()).isEmpty();
          }
        }
      }
    }
  }

  private static TransactionWorld prepared(Sandbox sandbox, SwapWay way) throws IOException {
    TransactionWorld world = new TransactionWorld(sandbox, way::adapt).withUsualFiles();
    sandbox.write(world.hook("alone/old.py"), "print('named by the old settings')");
    way.mount(world);
    world.withUsualChanges().relink(world.hooks(), "alone/link", "old.py");
    world.makeDirectory(world.hooks(), "lib2", 0500);
    world.makeDirectory(world.hooks(), "alone", 0700);
    world.delete(world.hooks(), "alone/old.py");
    Files.createDirectories(sandbox.home().directory());
    sandbox.faults().pretendFreeBytes(0); // No reserve: it is nothing of the transaction's.
    world.transactions();
    return world;
  }

  private static List<CrashPoint> recorded(TransactionWorld world, End end) throws IOException {
    CrashRecording recording = CrashRecording.begin(world.sandbox().faults());
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      if (end == End.COMMIT) {
        transaction.commit();
      } else {
        transaction.undo();
      }
      assertThat(transaction.unfinished()).isEmpty();
    }
    return recording.end();
  }

  private static void cutAnywhere(SwapWay way, End end) throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      TransactionWorld world = prepared(sandbox, way);
      SortedMap<String, EntryState> before = world.live();
      SortedMap<String, EntryState> after = world.expected(before);
      List<CrashPoint> points = recorded(world, end);
      assertThat(points).hasSizeGreaterThan(40);
      Set<String> seen = new HashSet<>();
      for (CrashPoint point : points) {
        boolean over = point == points.getLast();
        for (Loss loss : LOSSES) {
          DiskImage disk = point.after(loss);
          if (seen.add(over + disk.digest())) {
            String where = way + " at " + point.place() + ", losing " + loss;
            SortedMap<String, EntryState> now = afterCut(sandbox.on(disk.open()), way, where);
            assertThat(now).as(where).isIn(before, after);
            if (end == End.UNDO || over) {
              assertThat(now).as(where).isEqualTo(end == End.UNDO ? before : after);
            }
          }
        }
      }
    }
  }

  /** What is live when the next command has recovered. */
  private static SortedMap<String, EntryState> afterCut(Sandbox cut, SwapWay way, String where)
      throws IOException {
    try (cut) {
      TransactionWorld world = new TransactionWorld(cut.withFreshIds(), way::adapt);
      way.mount(world);
      assertSettingsNameWhatIsThere(world, where);
      recover(world);
      assertThat(world.leftovers()).as(where).isEmpty();
      assertThat(world.services().conflicts().list()).as(where).isEmpty();
      return world.live();
    }
  }

  private static void assertSettingsNameWhatIsThere(TransactionWorld world, String where)
      throws IOException {
    if (!Files.exists(world.settingsFile())) {
      return; // The middle of a rename, where nothing can be exchanged.
    }
    Map<String, Path> named =
        Map.of(
            "{\"old\": true}", world.hook("alone/old.py"),
            "{\"new\": true}", world.hook("deep/er/added.py"));
    Path file = named.get(Files.readString(world.settingsFile()));
    if (file != null) {
      assertThat(file).as(where).exists();
    }
  }

  private static void recover(TransactionWorld world) throws IOException {
    for (TransactionRecord each : world.transactions().interrupted()) {
      world.transactions().recover(each, new Told());
    }
    assertThat(world.transactions().interrupted()).isEmpty();
  }
}
