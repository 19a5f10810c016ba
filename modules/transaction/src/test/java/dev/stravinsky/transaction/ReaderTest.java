package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.Transactions.SwapMode;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another process, {@code reader.py}, reads everything in a loop while two versions take turns, on
 * the real disk; every fifth swap is undone.
 *
 * <p>Where files are exchanged, the reader never finds a file missing that both versions have,
 * never one that is not wholly one version's, and never settings in force that name a script which
 * is not there. Where they are renamed, as on a file system without exchange, a file (the settings
 * too) may be missing for a moment, as {@link SwapMode#RENAME} says; half-written it never is.
 */
@Tag("race")
@EnabledOnOs(OS.LINUX)
final class ReaderTest {
  private static final int SWAPS = Integer.getInteger("stravinsky.race.reader-swaps", 30);
  private static final int LARGE = 300_000;

  private static final List<Map<String, String>> EDITIONS = List.of(edition("one"), edition("two"));

  /**
   * What the reader saw.
   *
   * @param rounds how often it read everything
   * @param changes how often the settings were others than before
   * @param missing files that were not there
   * @param foreign contents that are no version's
   * @param unnamed scripts that settings in force named and that were not there
   * @param first what was found first
   */
  private record Seen(
      long rounds, long changes, long missing, long foreign, long unnamed, String first) {}

  private static Map<String, String> edition(String name) {
    Map<String, String> files = new TreeMap<>();
    files.put("hooks/common.sh", "#!/bin/sh\n# " + name + "\n");
    files.put("hooks/deep/large.txt", name.repeat(LARGE / name.length()));
    files.put("hooks/only-in-" + name + ".sh", "#!/bin/sh\n# " + name + "\n");
    files.put(
        "settings.json",
        "{\"hooks\": [\"~/.claude/hooks/common.sh\", \"~/.claude/hooks/only-in-%s.sh\"]}"
            .formatted(name));
    return files;
  }

  @Test
  void exchanges_whileAnotherProgramReads_allIsThereAndWhole(@TempDir Path directory)
      throws Exception {
    Seen seen = read(directory, SwapWay.EXCHANGE);
    assertThat(seen.missing()).as(seen.first()).isZero();
    assertThat(seen.unnamed()).as(seen.first()).isZero();
  }

  @Test
  void renames_whileAnotherProgramReads_whatIsThereIsWhole(@TempDir Path directory)
      throws Exception {
    read(directory, SwapWay.RENAME);
  }

  private static Seen read(Path directory, SwapWay way) throws Exception {
    assumeTrue(WriterProcess.isPossible(), "no python3 for the other program");
    try (Sandbox sandbox = Sandbox.onDisk(Files.createDirectory(directory.resolve("world")))) {
      for (Map.Entry<String, String> file : EDITIONS.getFirst().entrySet()) {
        sandbox.write(sandbox.claude().resolve(file.getKey()), file.getValue());
      }
      Process reader = start(directory, sandbox);
      Seen seen;
      try (BufferedReader out = reader.inputReader(StandardCharsets.UTF_8)) {
        assertThat(out.readLine()).isEqualTo("ready");
        int edition = 0;
        for (int i = 1; i <= SWAPS; i++) {
          boolean undo = i % 5 == 0;
          swap(new TransactionWorld(sandbox, way::adapt), edition, undo);
          edition = undo ? edition : 1 - edition;
        }
        reader.outputWriter().close();
        seen = seen(out.readLine());
      } finally {
        reader.destroyForcibly().waitFor();
      }
      System.out.printf("reader: %s: %d swaps, %s%n", way, SWAPS, seen);
      assertThat(seen.foreign()).as(seen.first()).isZero();
      assertThat(seen.changes()).as("changes that the reader has seen").isGreaterThan(SWAPS / 4);
      return seen;
    }
  }

  private static Process start(Path directory, Sandbox sandbox) throws IOException {
    Path script = directory.resolve("reader.py");
    try (InputStream source = ReaderTest.class.getResourceAsStream("reader.py")) {
      Files.copy(source, script);
    }
    for (int i = 0; i < EDITIONS.size(); i++) {
      for (Map.Entry<String, String> file : EDITIONS.get(i).entrySet()) {
        sandbox.write(directory.resolve("edition" + i).resolve(file.getKey()), file.getValue());
      }
    }
    return new ProcessBuilder(
            "python3",
            script.toString(),
            sandbox.claude().toString(),
            "~/.claude/([^\"]+)",
            directory.resolve("edition0").toString(),
            directory.resolve("edition1").toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static Seen seen(String line) {
    assertThat(line).startsWith("done ");
    String[] words = line.split(" ", 7);
    return new Seen(
        Long.parseLong(words[1]),
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Long.parseLong(words[4]),
        Long.parseLong(words[5]),
        words[6]);
  }

  private static void swap(TransactionWorld world, int from, boolean undo) throws IOException {
    Map<String, String> next = EDITIONS.get(1 - from);
    for (Map.Entry<String, String> file : next.entrySet()) {
      if (file.getKey().startsWith("hooks/")) {
        world.put(world.hooks(), file.getKey().substring(6), file.getValue(), 0755);
      } else {
        world.put(world.settings(), file.getKey(), file.getValue(), 0600);
      }
    }
    for (String path : EDITIONS.get(from).keySet()) {
      if (!next.containsKey(path)) {
        world.delete(world.hooks(), path.substring(6));
      }
    }
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      if (undo) {
        transaction.undo();
      } else {
        transaction.commit();
      }
    }
  }
}
