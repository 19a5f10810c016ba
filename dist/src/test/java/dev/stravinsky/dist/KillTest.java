package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments of an update: the state is old or new as a whole. */
class KillTest {
  private static final int KILLS = Integer.getInteger("stravinsky.kills", 40);

  @TempDir Path temporary;

  @Test
  void update_killedAtRandomMoments_isOldOrNewAsAWhole() throws Exception {
    long seed = Long.getLong("stravinsky.seed", System.nanoTime());
    System.out.println("KillTest: -Dstravinsky.seed=" + seed);
    Random random = new Random(seed);
    User user = new User(temporary.resolve("home"));
    User.write(user.claude().resolve("hooks/own.sh"), "#!/bin/sh\n# mine\n");
    List<Path> releases = new ArrayList<>();
    List<SortedMap<String, String>> states = new ArrayList<>();
    for (String edition : List.of("one", "two")) {
      Path release = User.soundRelease(temporary.resolve(edition), edition);
      for (int i = 0; i < 20; i++) {
        User.write(release.resolve("hooks/lib/part" + i + ".sh"), "#!/bin/sh\n# " + edition + i);
      }
      releases.add(release);
      Run run = user.updates(release, edition);
      assertThat(run.status()).as(run.toString()).isZero();
      states.add(user.files());
    }
    long usual = usualNanos(user, releases);
    int wasOld = 0;
    int wasNew = 0;
    int interrupted = 0;
    for (int i = 0; i < KILLS; i++) {
      int next = user.files().equals(states.get(0)) ? 1 : 0;
      kill(user, releases.get(next), next, (long) ((0.3 + 0.8 * random.nextDouble()) * usual));
      Run status = user.types("status");
      assertThat(status.status()).as(status.toString()).isZero();
      interrupted += status.err().contains("the interrupted") ? 1 : 0;
      SortedMap<String, String> now = user.files();
      assertThat(now).as("seed %s, kill %s", seed, i).isIn(states.get(0), states.get(1));
      if (now.equals(states.get(next))) {
        wasNew++;
      } else {
        wasOld++;
      }
    }
    System.out.printf(
        "KillTest: %d kills, %d old, %d new, %d in a transaction%n",
        KILLS, wasOld, wasNew, interrupted);
    assertThat(wasOld).as("kills that came in time").isPositive();
    assertThat(user.types("audit", "verify").status()).isZero();
    assertThat(user.types("backup", "verify").status()).isZero();
  }

  /** How long an update takes here, so that the kills fall into it. */
  private static long usualNanos(User user, List<Path> releases) throws Exception {
    long start = System.nanoTime();
    user.updates(releases.get(0), "one");
    user.updates(releases.get(1), "two");
    return (System.nanoTime() - start) / 2;
  }

  private static void kill(User user, Path release, int edition, long afterNanos) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                Distribution.launcher().toString(),
                "update",
                release.toString(),
                "--version",
                edition == 0 ? "one" : "two")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(user.variables());
    Process process = builder.start();
    process.waitFor(afterNanos, TimeUnit.NANOSECONDS);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().waitFor();
  }
}
