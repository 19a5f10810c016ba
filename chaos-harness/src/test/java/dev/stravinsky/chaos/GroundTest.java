package dev.stravinsky.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.chaos.ground.ConfigurationCopy;
import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.chaos.ground.SomebodysConfiguration;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Trials on a copy of somebody's configuration, and on a real disk. */
class GroundTest {
  private static final String SOME = "update/{killed,config,staged}";

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void run_withACopy_holdsAndNeverTouchesTheOriginal() throws IOException {
    SomebodysConfiguration somebody = SomebodysConfiguration.in(directory.resolve("home"));
    Map<String, String> before = somebody.state();
    Path reports = directory.resolve("reports");

    int status =
        types(
            "run",
            "--only",
            SOME,
            "--seed",
            "5",
            "--clone=" + somebody.claude(),
            "--report",
            reports.toString());

    assertThat(status).as(out.toString() + err).isZero();
    assertThat(somebody.state()).isEqualTo(before);
    assertThat(out.toString())
        .contains("a copy of " + somebody.claude(), "left out", "huge.bin", "violations: 0");
    assertThat(Files.readString(reports.resolve("chaos.json")))
        .contains("\"ground\" : \"in memory, with a copy of " + somebody.claude() + "\"");
    somebody.assertNoSecretIn(out.toString() + err);
    somebody.assertNoSecretBelow(reports);
  }

  /** What is told of a failure is most: paths, what the command said, every operation. */
  @Test
  void replay_withACopyAndEverythingShown_hasTheUsersFilesAndNoSecret() throws IOException {
    SomebodysConfiguration somebody = SomebodysConfiguration.in(directory.resolve("home"));

    int status =
        types(
            "replay", "update/config/3", "--seed", "5", "--reads", "--clone=" + somebody.claude());

    assertThat(status).as(out.toString() + err).isZero();
    assertThat(out.toString()).contains("hooks/own_guard.py", "agents/reviewer.md");
    somebody.assertNoSecretIn(out.toString() + err);
  }

  @Test
  void run_aCopyOfNothing_isAMistake() {
    assertThat(types("run", "--clone=" + directory.resolve("nowhere"))).isEqualTo(2);
    assertThat(err.toString()).contains("there is no configuration to be copied");
  }

  @Test
  void run_onADisk_holdsAndLeavesNothingBehind() throws IOException {
    int status = types("run", "--only", SOME, "--seed", "5", "--disk", directory.toString());

    assertThat(status).as(out.toString() + err).isZero();
    assertThat(out.toString()).contains("violations: 0");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void run_onADiskThatIsNot_isAMistake() {
    assertThat(types("run", "--disk", directory.resolve("nowhere").toString())).isEqualTo(2);
    assertThat(types("run", "--only", "power-cut", "--disk", directory.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no folder that can be written to", "nothing to try");
  }

  /** What the operations come to is the same on each ground. */
  @Test
  void cleanRun_onADisk_doesWhatItDoesInMemory() throws IOException {
    Ground disk = new Ground(Optional.empty(), Optional.of(directory), List.of());
    try (World memory = World.of(Operation.UPDATE);
        World real = World.of(Operation.UPDATE, disk)) {
      String top = real.prepared().root().toString();
      Map<String, String> there = new java.util.TreeMap<>();
      real.clean().after().entries().forEach((k, v) -> there.put(k.substring(top.length()), v));
      assertThat(there).isEqualTo(memory.clean().after().entries());
      assertThat(Files.isRegularFile(Path.of(top, "home/tester/.claude/hooks/mine.sh"))).isTrue();
    } finally {
      disk.discard();
    }
  }

  @Test
  void replayOfAFailure_onAnotherGround_namesIt() throws IOException {
    SomebodysConfiguration somebody = SomebodysConfiguration.in(directory.resolve("it's home"));
    Ground ground =
        new Ground(
            Optional.of(ConfigurationCopy.of(somebody.claude())),
            Optional.empty(),
            List.of("--clone=" + somebody.claude()));
    try (Sandbox sandbox = ground.open("x")) {
      assertThat(sandbox.claude().resolve("hooks/own_guard.py")).exists();
    }
    var report =
        new Campaign(Suite.SMOKE, 7, ground, cell -> false, Optional.empty(), false).run(nobody());
    assertThat(report.again())
        .isEqualTo(
            "stravinsky chaos run --suite smoke --seed 7 '--clone="
                + somebody.claude().toString().replace("'", "'\\''")
                + "'");
  }

  private static Campaign.Listener nobody() {
    return new Campaign.Listener() {
      @Override
      public void before(Cell cell, int number, int all) {
        // Nobody listens.
      }

      @Override
      public void after(CellResult result) {
        // Nobody listens.
      }

      @Override
      public void afterSequences(Row result) {
        // Nobody listens.
      }
    };
  }

  private int types(String... words) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(words);
  }
}
