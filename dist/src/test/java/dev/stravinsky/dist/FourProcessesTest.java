package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four processes of the packaged program update, roll back and recover the same target at once.
 * None hangs, and afterwards the files and the version in force are what the trail's events make of
 * them, one after the other.
 */
@Tag("race")
class FourProcessesTest {
  private static final int PROCESSES = 4;
  private static final int SECONDS = Integer.getInteger("stravinsky.race.seconds", 12);

  @TempDir Path temporary;

  @Test
  void commands_fourAtOnce_endInTheSerialOrderOfTheTrail() throws Exception {
    long seed = Long.getLong("stravinsky.seed", System.nanoTime());
    System.out.println("FourProcessesTest: -Dstravinsky.seed=" + seed);
    User user = new User(temporary.resolve("home"));
    User.write(user.claude().resolve("hooks/own.sh"), "#!/bin/sh\n# mine\n");
    SortedMap<String, String> before = SerialOrder.files(user.claude());
    Map<String, Path> releases = new LinkedHashMap<>();
    for (String edition : List.of("one", "two", "three", "four")) {
      releases.put(edition, User.soundRelease(temporary.resolve(edition), edition));
      Run run = user.updates(releases.get(edition), edition);
      assertThat(run.status()).as(run.toString()).isZero();
    }

    Map<Integer, Integer> statuses = runAll(user, releases, seed);

    Run status = user.types("status", "--json");
    assertThat(status.status()).as(status.toString()).isZero();
    assertThat(status.err()).as("nothing was interrupted").isEmpty();
    SerialOrder order = SerialOrder.of(releases, user, temporary.resolve("unpacked"), before);
    SortedMap<String, String> live = SerialOrder.files(user.claude());
    System.out.printf(
        "four processes: %d s, exit statuses %s, events %s%n", SECONDS, statuses, order.counts());
    assertThat(order.violations()).as("seed %d", seed).isEmpty();
    assertThat(live).as("seed %d, %s", seed, order.history()).isEqualTo(order.state());
    assertThat(status.out())
        .containsPattern("\"scope\" : \"user\",\\s+\"version\" : \"" + order.version() + "\"");
    assertThat(leftovers(user)).isEmpty();
    for (String what : List.of("audit", "backup")) {
      Run verify = user.types(what, "verify");
      assertThat(verify.status()).as(verify.toString()).isZero();
    }
    assertThat(statuses.get(0)).as("commands that changed something").isGreaterThan(PROCESSES);
  }

  private Map<Integer, Integer> runAll(User user, Map<String, Path> releases, long seed)
      throws Exception {
    Map<Integer, Integer> statuses = new TreeMap<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try (ExecutorService executor = Executors.newFixedThreadPool(PROCESSES)) {
      List<Future<Map<Integer, Integer>>> running = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        // Some have much patience with the others, some little.
        int lockSeconds = i % 2 == 0 ? 20 : 2;
        Path output = temporary.resolve("output" + i);
        running.add(
            executor.submit(
                new RandomCommands(user, releases, seed + i, end, output, lockSeconds)));
      }
      for (Future<Map<Integer, Integer>> each : running) {
        each.get().forEach((status, n) -> statuses.merge(status, n, Integer::sum));
      }
    }
    return statuses;
  }

  /** What a transaction may have left, and journals. */
  private static List<Path> leftovers(User user) throws IOException {
    Path journal = user.home().resolve(".stravinsky/rollback/recovery/journal");
    try (Stream<Path> all = Files.walk(user.home())) {
      return all.filter(
              path ->
                  path.getFileName().toString().startsWith(".stravinsky-")
                      || path.startsWith(journal) && !path.equals(journal))
          .toList();
    }
  }
}
