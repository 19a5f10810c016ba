package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes, really killed, on the real disk. */
@DisabledOnOs(OS.WINDOWS)
final class KillTest {
  private static final int KILLS = 12;

  @Test
  void kill_atRandomMoments_oneVersionAndNothingElse(@TempDir Path directory) throws Exception {
    long seed = Long.getLong("stravinsky.seed", System.nanoTime());
    System.out.println("KillTest: -Dstravinsky.seed=" + seed);
    Random random = new Random(seed);
    int interrupted = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      Process child = start(directory, 1 + kill * 1000);
      try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
        // The first version may find the files of the round before; from then on it is steady.
        assertThat(out.readLine()).as("seed " + seed).startsWith("ended");
        TimeUnit.MICROSECONDS.sleep(random.nextInt(60_000));
      } finally {
        child.destroyForcibly().waitFor();
      }
      interrupted += recover(directory, "seed " + seed + ", kill " + kill);
    }
    assertThat(interrupted).as("kills that met a transaction, seed " + seed).isPositive();
  }

  private static Process start(Path directory, int version) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            KilledChild.class.getName(),
            directory.toString(),
            String.valueOf(version))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static int recover(Path directory, String where) throws IOException {
    try (Sandbox sandbox = Sandbox.onDisk(directory);
        TransactionWorld world = new TransactionWorld(sandbox, e -> e)) {
      int found = 0;
      for (TransactionRecord each : world.transactions().interrupted()) {
        assertThat(world.transactions().recover(each, new Told()).foreign()).as(where).isEmpty();
        found++;
      }
      assertThat(world.leftovers()).as(where).isEmpty();
      assertThat(world.transactions().interrupted()).as(where).isEmpty();
      assertThat(world.services().conflicts().list()).as(where).isEmpty();
      Set<String> versions = new HashSet<>();
      int files = 0;
      try (Stream<Path> all = Files.walk(sandbox.claude())) {
        for (Path each : all.filter(Files::isRegularFile).toList()) {
          versions.add(Files.readString(each));
          files++;
        }
      }
      assertThat(versions).as(where).hasSize(1);
      boolean even = Integer.parseInt(versions.iterator().next().split(" ")[1]) % 2 == 0;
      assertThat(files).as(where).isEqualTo(KilledChild.FILES + 1 - (even ? 0 : 3));
      return found;
    }
  }
}
