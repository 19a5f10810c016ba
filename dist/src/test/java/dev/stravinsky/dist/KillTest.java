package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments of an update: the state is old or new as a whole. */
@Tag("disk")
class KillTest {
  private static final int KILLS = Integer.getInteger("stravinsky.kills", 40);

  /** Typing the same command after each kill too takes the time of the kills once more. */
  private static final int RETRY_EVERY = Integer.getInteger("stravinsky.retry-every", 8);

  @TempDir Path temporary;

  @Test
  void update_killedAtRandomMoments_isOldOrNewAsAWhole() throws Exception {
    Tally tally = new Tally("kill -9");
    Random random = tally.random();
    Trial trial = new Trial(temporary, temporary.resolve("home"), 20);
    long usual = trial.usualNanos();
    for (int i = 0; i < KILLS; i++) {
      trial.restore();
      kill(trial, (long) ((0.3 + 0.8 * random.nextDouble()) * usual));
      Aftermath aftermath = trial.aftermath();
      aftermath.atOnce();
      aftermath.status();
      if (i % RETRY_EVERY == 0) {
        aftermath.again(trial.types());
      }
      tally.add("kill " + i, aftermath);
    }
    tally.sum(tally.count() + " of " + KILLS);
    assertThat(tally.old()).as("kills that came in time").isPositive();
    assertThat(trial.user().types("audit", "verify").status()).isZero();
    assertThat(trial.user().types("backup", "verify").status()).isZero();
  }

  private static void kill(Trial trial, long afterNanos) throws Exception {
    Process process = trial.user().starts(trial.words());
    process.waitFor(afterNanos, TimeUnit.NANOSECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }
}
