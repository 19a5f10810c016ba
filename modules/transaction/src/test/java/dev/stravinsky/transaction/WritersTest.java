package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.transaction.WriterProcess.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Another process writes numbered records to files while they are swapped, on the real disk. No
 * record may be lost.
 *
 * <p>What that means. The writer names, for each burst, the records that it has not itself
 * overwritten: in place, through a descriptor and through a mapping the last one written to each
 * inode; by renames those that no later rename of its own replaced (where it renames by an
 * exchange, it sees what it replaces; by a plain rename only the last one is sure). Each of them
 * must afterwards be the whole content of a live file, or of a file in {@code recovery/conflicts}
 * whose note names the file that was written to. It makes no difference when the record was
 * written: before the swap, in the moment of an exchange, between the exchange and the commit, or
 * after the commit through a descriptor or mapping that was opened before.
 *
 * <p>Where a file was replaced and a program still has it open, the file itself goes to the
 * conflicts, so that this holds for whatever that program writes later. (Where the conflicts are on
 * another file system a copy goes there, and a write after that is named beforehand and not kept;
 * this suite has both on one.)
 *
 * <p>Also, after each swap: nothing of the transaction is left beside the targets, no journal is
 * left, and a swap that was not stopped has brought what it was to bring to all files that the
 * writer did not write to.
 */
@Tag("race")
@EnabledOnOs(OS.LINUX)
final class WritersTest {
  private static final int SWAPS = Integer.getInteger("stravinsky.race.writer-swaps", 30);
  private static final int ENOUGH_TO_MEET_ALL = 300;
  private static final long SEED = Long.getLong("stravinsky.seed", System.nanoTime());

  private static final List<SwapWay> WAYS = List.of(SwapWay.EXCHANGE, SwapWay.RENAME, SwapWay.LINK);

  @ParameterizedTest
  @EnumSource
  void swaps_whileAnotherProgramWrites_noWriteIsLost(Kind kind, @TempDir Path directory)
      throws IOException {
    assumeTrue(WriterProcess.isPossible(), "no python3 for the other program");
    WriterTally tally = new WriterTally();
    try (WriterProcess writer = WriterProcess.start(directory)) {
      for (SwapWay way : WAYS) {
        Random random = new Random(SEED);
        Path top = Files.createDirectory(directory.resolve(way.name()));
        try (Sandbox sandbox = Sandbox.onDisk(top)) {
          WriterRounds rounds = new WriterRounds(sandbox, way, writer, kind, random, tally);
          for (int i = 0; i < Math.ceilDiv(SWAPS, WAYS.size()); i++) {
            rounds.next();
          }
        }
      }
    }
    System.out.printf("writers: %s: %s; -Dstravinsky.seed=%d%n", kind, tally, SEED);
    assertThat(tally.violations()).as("seed %d", SEED).isEmpty();
    if (SWAPS < ENOUGH_TO_MEET_ALL) {
      return; // Of so few swaps none can be asked to meet a write in every moment.
    }
    boolean held = kind == Kind.DESCRIPTOR || kind == Kind.MAPPED;
    assertThat(tally.unmet(held)).as("what no swap has met, seed %d", SEED).isEmpty();
  }
}
