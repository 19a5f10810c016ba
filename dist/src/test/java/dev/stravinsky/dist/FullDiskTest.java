package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An update with a little more free space each time, from none to enough: it fails with a message
 * and changes nothing, or it succeeds. The dozens of small files need more than their sizes say, so
 * that many of the failures come after the space check has let them pass.
 */
@Tag("disk")
class FullDiskTest {
  private static final String SUITE = "tmpfs";
  private static final long STEP = 32 * 1024;
  private static final int SMALL_FILES = 60;

  /** The space check has passed at this many steps of all at least. */
  private static final int LATE = 20;

  /** Each step from none on, or only those that halve what is not known yet. */
  private static final boolean EACH = Boolean.getBoolean("stravinsky.each-disk-step");

  private static final int MANY_STEPS = 64;

  @TempDir Path temporary;

  private Path mount;
  private Path passed;
  private Trial trial;
  private int late;

  @AfterEach
  void unmount() throws Exception {
    if (mount != null) {
      Tools.must("umount", mount);
    }
  }

  @Test
  void update_moreFreeSpaceEachTime_failsWithAMessageOrSucceeds() throws Exception {
    Tools.require(SUITE, "mount", "umount");
    Tools.requireRoot(SUITE);
    mount();
    Tally tally = new Tally(SUITE);
    passed = temporary.resolve("passed");
    trial = new Trial(temporary, mount.resolve("home"), SMALL_FILES);
    watchTheSpaceCheck();
    int enough = EACH ? upwards(tally) : halving(tally);
    tally.sum(tally.count() + " steps of " + (enough + 1) + ", " + late + " after the space check");
    assertThat(enough).isPositive();
    assertThat(late).isGreaterThanOrEqualTo(EACH ? LATE : 1);
  }

  /** Tries every step, and returns the first with which the update succeeds. */
  private int upwards(Tally tally) throws Exception {
    int steps = 0;
    while (!succeeds(steps, tally)) {
      steps++;
    }
    return steps;
  }

  private int halving(Tally tally) throws Exception {
    int tooFew = -1;
    int enough = MANY_STEPS;
    while (enough - tooFew > 1) {
      int middle = (enough + tooFew) / 2;
      if (succeeds(middle, tally)) {
        enough = middle;
      } else {
        tooFew = middle;
      }
    }
    return enough;
  }

  private void mount() throws Exception {
    Path place = Files.createDirectory(temporary.resolve("mount"));
    Run run = Tools.run("mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", place);
    if (run.status() != 0) {
      Tools.skip(SUITE, "no tmpfs can be mounted here: " + run.err().strip());
    }
    mount = place;
  }

  /** An executable check that leaves a mark, outside, when the checks before the swap are run. */
  private void watchTheSpaceCheck() throws IOException, InterruptedException {
    Path check = trial.template().resolve(".stravinsky/checks.d/passed.sh");
    User.write(check, "#!/bin/sh\n[ \"$CHECK_PHASE\" != STAGED ] || : >'" + passed + "'\n");
  }

  private Run tried(int steps) throws Exception {
    Tools.must("mount", "-o", "remount,size=64m", mount);
    trial.restore();
    Files.deleteIfExists(passed);
    FileStore store = Files.getFileStore(mount);
    long used = store.getTotalSpace() - store.getUnallocatedSpace();
    Tools.must("mount", "-o", "remount,size=" + (used + steps * STEP), mount);
    return trial.types();
  }

  private boolean succeeds(int steps, Tally tally) throws Exception {
    Run run = tried(steps);
    Aftermath aftermath = trial.aftermath();
    aftermath.ended(run);
    aftermath.atOnce();
    aftermath.status();
    Tools.must("mount", "-o", "remount,size=64m", mount);
    aftermath.again(trial.types());
    tally.add(steps * STEP + " bytes free: " + run, aftermath);
    boolean blocked = run.err().contains("are free, twice the");
    late += run.status() != 0 && Files.exists(passed) && !blocked ? 1 : 0;
    return run.status() == 0;
  }
}
