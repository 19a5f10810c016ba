package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchmarks/peers} measures and tells; how fast anything is here is not looked at. */
class PeersTest {
  private static final Path SCRIPT = Distribution.SOURCES.resolve("benchmarks/peers");
  private static final String SAMPLE =
      """
      {"tree": "%s", "work": "%s", "tool": "%s", "wall": %s, "cpu": 1.0, "resident": %d}""";

  @TempDir Path temporary;

  @BeforeAll
  static void needsPython() {
    Tools.require("benchmarks/peers", "python3", "tar", "gzip");
  }

  @Test
  void peers_smallTree_everyStepIsMeasuredAndWhatIsRestoredCompared() throws Exception {
    // The start-up caches of the other tests, since making them takes longer than all the rest.
    String caches = Distribution.HOME.resolveSibling("test-cache").toString();
    Run run =
        Tools.run(
            "env",
            "XDG_CACHE_HOME=" + caches,
            "python3",
            SCRIPT,
            "--trees=70",
            "--rounds=1",
            "--short-runs=1",
            "--without=restic,Borg,tar+pigz,git",
            "--distribution=" + Distribution.HOME,
            "--work=" + temporary.resolve("work"),
            "--write=" + temporary);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("`update`", "`rollback undo`", "`--version`", "`backup list`");
    assertThat(run.err()).contains("seed 42");
    String page = Files.readString(temporary.resolve("RESULTS.md"));
    for (String step :
        List.of("first backup", "verify the content", "restore everything", "one file")) {
      assertThat(page)
          .containsPattern(Pattern.quote("| " + step + " | stravinsky | ") + "\\d+\\.\\d{3} ")
          .contains("|  | tar+gzip | ");
    }
    assertThat(temporary.resolve("results.svg")).content().contains("stravinsky", "tar+gzip");
  }

  @Test
  void peers_knownSamples_eachGoalIsReachedOrNot() throws Exception {
    List<String> samples = new ArrayList<>();
    for (String wall : List.of("1.0", "9.0", "2.0")) {
      samples.add(SAMPLE.formatted("50000", "first backup", "stravinsky", wall, 300 * 1024));
    }
    samples.add(SAMPLE.formatted("50000", "first backup", "Borg", "1.6", 1));
    samples.add(SAMPLE.formatted("50000", "first backup", "restic", "1.7", 1));
    samples.add(SAMPLE.formatted("1400", "restore everything", "stravinsky", "0.5", 1));
    samples.add(SAMPLE.formatted("1400", "restore everything", "tar+gzip", "0.5", 1));
    samples.add(SAMPLE.formatted("70", "update of a 70-file release", "stravinsky", "0.8", 1));
    samples.add(SAMPLE.formatted("70", "update of a 70-file release", "interpreters", "0.3", 1));
    Path kept = temporary.resolve("kept.json");
    Files.writeString(kept, "{\"about\": {}, \"samples\": [" + String.join(",", samples) + "]}");

    Run run = Tools.run("python3", SCRIPT, "--from=" + kept);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches(".*50,000 \\| 2.00 s \\| Borg 1.60 s.* no, 1.25 of it \\|"))
        .anyMatch(line -> line.matches(".*recovery version.* 1,400 .* yes \\|"))
        .anyMatch(line -> line.matches(".*`update`.* beside them 0.50 s .* yes \\|"))
        .anyMatch(line -> line.matches(".*memory.* 300 MiB .* no, 1.17 of it \\|"));
  }

  @Test
  void peers_unknownTree_isRefusedWithTheKnownOnes() throws Exception {
    Run run = Tools.run("python3", SCRIPT, "--trees=71");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("there is no tree of 71 files, only 70,1400,50000");
  }
}
