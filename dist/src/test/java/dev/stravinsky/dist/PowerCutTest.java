package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes at random moments of an update: the process is stopped, the image of its ext4 is
 * copied without what the kernel has not written yet, and the copy is mounted in its place.
 */
@Tag("disk")
class PowerCutTest {
  private static final String SUITE = "power cut";
  private static final int CUTS = Integer.getInteger("stravinsky.power-cuts", 4);

  @TempDir Path temporary;

  private Path mount;
  private Path prepared;
  private Path running;
  private Path cut;
  private Trial trial;

  @AfterEach
  void unmount() throws Exception {
    if (mount != null && Tools.run("mountpoint", "-q", mount).status() == 0) {
      Tools.must("umount", mount);
    }
  }

  @Test
  void update_powerGoesAtRandomMoments_isOldOrNewAsAWhole() throws Exception {
    Tools.require(SUITE, "mkfs.ext4", "mount", "umount", "losetup", "mountpoint");
    Tools.requireRoot(SUITE);
    prepare();
    Tally tally = new Tally(SUITE);
    Random random = tally.random();
    long usual = trial.usualNanos();
    losesWhatWasNotForced();
    for (int i = 0; i < CUTS; i++) {
      cutAfter((long) ((0.3 + random.nextDouble()) * usual));
      Tools.must("mount", "-o", "loop", cut, mount);
      Aftermath aftermath = trial.aftermath();
      aftermath.atOnce();
      aftermath.status();
      aftermath.again(trial.types());
      tally.add("cut " + i, aftermath);
      Tools.must("umount", mount);
    }
    tally.sum(tally.count() + " of " + CUTS);
    assertThat(tally.old()).as("cuts that came in time").isPositive();
  }

  private void prepare() throws Exception {
    mount = Files.createDirectory(temporary.resolve("mount"));
    prepared = temporary.resolve("prepared.img");
    running = temporary.resolve("running.img");
    cut = temporary.resolve("cut.img");
    Tools.must("truncate", "-s", "64M", prepared);
    Tools.must("mkfs.ext4", "-q", "-F", prepared);
    Run run = Tools.run("mount", "-o", "loop", prepared, mount);
    if (run.status() != 0) {
      Tools.skip(SUITE, "no image can be mounted here: " + run.err().strip());
    }
    trial = new Trial(temporary, mount.resolve("home"), 20);
    trial.restore();
    Tools.must("umount", mount);
    copy(prepared, running);
    Tools.must("mount", "-o", "loop", running, mount);
  }

  /** Or else this would be a copy at rest, and no test. */
  private void losesWhatWasNotForced() throws Exception {
    Path file = User.write(trial.user().home().resolve("unforced"), "lost\n");
    copyAtRest();
    assertThat(file).exists();
    Tools.must("umount", mount);
    Tools.must("mount", "-o", "loop", cut, mount);
    assertThat(file).doesNotExist();
    Tools.must("umount", mount);
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    Tools.must("cp", "--sparse=always", "--reflink=never", from, to);
  }

  /** Starts the update on a file system as prepared, and leaves in {@link #cut} what is kept. */
  private void cutAfter(long nanos) throws Exception {
    copy(prepared, running);
    Tools.must("mount", "-o", "loop", running, mount);
    Process process = trial.user().starts(trial.words());
    process.waitFor(nanos, TimeUnit.NANOSECONDS);
    List<ProcessHandle> all = stopped(process);
    try {
      copyAtRest();
    } finally {
      all.forEach(ProcessHandle::destroyForcibly);
      process.waitFor();
    }
    Tools.must("umount", mount);
  }

  /** Stops the process and what it has started. */
  private static List<ProcessHandle> stopped(Process process) throws Exception {
    List<ProcessHandle> all = new ArrayList<>();
    if (process.isAlive()) {
      all.add(process.toHandle());
      Tools.run("kill", "-STOP", process.pid());
      for (ProcessHandle child : process.descendants().toList()) {
        all.add(child);
        Tools.run("kill", "-STOP", child.pid());
      }
    }
    return all;
  }

  /** The kernel writes when it likes: a copy counts only if it wrote nothing in the meantime. */
  private void copyAtRest() throws Exception {
    String device = Tools.run("losetup", "-n", "-O", "NAME", "-j", running).out().strip();
    Path statistics = Path.of("/sys/block", Path.of(device).getFileName().toString(), "stat");
    for (int i = 0; i < 20; i++) {
      String before = written(statistics);
      copy(running, cut);
      if (written(statistics).equals(before)) {
        return;
      }
    }
    throw new IOException("the kernel does not stop writing to " + running);
  }

  /** Completed writes, requests under way, flushes. */
  private static String written(Path statistics) throws IOException {
    String[] numbers = Files.readString(statistics).strip().split("\\s+");
    return numbers[4] + " " + numbers[8] + " " + (numbers.length > 15 ? numbers[15] : "");
  }
}
