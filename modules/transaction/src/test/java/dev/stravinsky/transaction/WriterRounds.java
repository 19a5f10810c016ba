package dev.stravinsky.transaction;

import dev.stravinsky.api.error.ConcurrentChangeException;
import dev.stravinsky.api.transaction.Conflicts;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.transaction.WriterProcess.Burst;
import dev.stravinsky.transaction.WriterProcess.Kind;
import dev.stravinsky.transaction.WriterTally.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

/**
 * One swap after the other, each with a burst of another program's writes to one of its files, and
 * after each the question of {@link WritersTest}: where is what was written?
 */
final class WriterRounds {
  private static final int DELETED = 2;

  private final Sandbox sandbox;
  private final SwapWay way;
  private final WriterProcess writer;
  private final Kind kind;
  private final Random random;
  private final WriterTally tally;
  private long lastSwapMicros = 20_000;
  private long number = 1;
  private long swaps;

  WriterRounds(
      Sandbox sandbox,
      SwapWay way,
      WriterProcess writer,
      Kind kind,
      Random random,
      WriterTally tally) {
    this.sandbox = sandbox;
    this.way = way;
    this.writer = writer;
    this.kind = kind;
    this.random = random;
    this.tally = tally;
  }

  /** A swap, and what became of the writes. */
  void next() throws IOException {
    TransactionWorld world = new TransactionWorld(sandbox, way::adapt);
    List<Path> files =
        List.of(world.hook("check.sh"), world.settingsFile(), world.hook("lib/comes-and-goes.sh"));
    for (Path each : files.subList(0, DELETED)) {
      if (!Files.exists(each)) {
        sandbox.write(each, version(0));
      }
    }
    Map<Path, String> before = contents(files);
    plan(world, files.get(DELETED));
    boolean undo = random.nextInt(4) == 0;
    Path written = files.get(random.nextInt(files.size()));
    if (!before.containsKey(written) && kind != Kind.TRUNCATING) {
      written = files.getFirst();
    }
    int count = 1 + random.nextInt(random.nextBoolean() ? 8 : 200);
    int pauseMicros = count > 8 ? 0 : random.nextInt(600);
    int delayMicros = random.nextInt((int) (lastSwapMicros * (random.nextBoolean() ? 5 : 2) / 4));
    long first = number;
    number += count;
    String where =
        "%s, %s, swap %d, records %d.. to %s"
            .formatted(kind, way, swaps, first, written.getFileName());
    try (Transaction transaction = world.stage(new Told())) {
      writer.begin(kind, written, first, count, delayMicros, pauseMicros);
      End end = swap(transaction, undo);
      Burst burst = writer.end();
      swaps++;
      tally.add(end, burst);
      Map<Path, String> live = contents(files);
      judgeWrites(world, Set.copyOf(live.values()), written, burst, where + ", " + end);
      for (Path each : files) {
        boolean stays = end != End.COMMITTED;
        boolean deleted = each.equals(files.get(DELETED)) && before.containsKey(each);
        String expected = stays ? before.get(each) : deleted ? null : version(swaps);
        if (!each.equals(written) && !Objects.equals(live.get(each), expected)) {
          tally.left(each + " is not what it has to be: " + where + ", " + end);
        }
      }
    }
  }

  private static Map<Path, String> contents(List<Path> files) throws IOException {
    Map<Path, String> contents = new HashMap<>();
    for (Path each : files) {
      if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
        contents.put(each, Files.readString(each));
      }
    }
    return contents;
  }

  private void plan(TransactionWorld world, Path comesAndGoes) throws IOException {
    String content = version(swaps + 1);
    world.put(world.hooks(), "check.sh", content, 0755);
    world.put(world.settings(), "settings.json", content, 0600);
    if (Files.exists(comesAndGoes)) {
      world.delete(world.hooks(), "lib/comes-and-goes.sh");
    } else {
      world.put(world.hooks(), "lib/comes-and-goes.sh", content, 0644);
    }
  }

  private static String version(long number) {
    return "version %055d\n".formatted(number);
  }

  private End swap(Transaction transaction, boolean undo) throws IOException {
    long start = System.nanoTime();
    try {
      transaction.swap();
      if (undo) {
        transaction.undo();
      } else {
        transaction.commit();
      }
      lastSwapMicros = (lastSwapMicros + (System.nanoTime() - start) / 1000) / 2;
      return undo ? End.UNDONE : End.COMMITTED;
    } catch (ConcurrentChangeException e) {
      return End.STOPPED;
    }
  }

  private void judgeWrites(
      TransactionWorld world, Set<String> live, Path written, Burst burst, String where)
      throws IOException {
    Conflicts conflicts = world.services().conflicts();
    Set<String> aside = new HashSet<>();
    for (Conflict each : conflicts.list()) {
      // A second one for the same file has a mark behind its name.
      if (each.live().toString().startsWith(written.toString())) {
        aside.add(Files.readString(each.theirs()));
      }
    }
    for (long each : burst.mine()) {
      String record = WriterProcess.record(each);
      if (live.contains(record)) {
        tally.live();
      } else if (aside.contains(record)) {
        tally.setAside();
      } else {
        tally.lost("record " + each + " is lost: " + where + "; live " + live);
      }
    }
    for (Conflict each : conflicts.list()) {
      conflicts.resolve(each);
    }
    world.leftovers().forEach(left -> tally.left(left + " is left: " + where));
    world.journals().forEach(left -> tally.left(left + " is left: " + where));
  }
}
