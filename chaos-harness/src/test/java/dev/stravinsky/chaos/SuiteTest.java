package dev.stravinsky.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A whole suite: smoke in every build, ci in the profile {@code chaos-ci}. */
@Tag("chaos-suite")
class SuiteTest {
  private static final int CI_FAULTS = 100_000;

  private final StringWriter out = new StringWriter();

  @Test
  void run_theWholeMatrix_everyPlannedFaultTookPlaceAndAllHeld() throws IOException {
    String suite = System.getProperty("chaos.suite", "smoke");
    String seed = Long.getLong("chaos.seed", System.nanoTime() % 1_000_000).toString();
    Path report = Path.of(System.getProperty("chaos.report", "target/chaos"));

    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .execute("run", "--suite", suite, "--seed", seed, "--report", report.toString());

    List<String> lines = out.toString().lines().toList();
    lines.stream().filter(line -> !line.startsWith("  ")).forEach(System.out::println);
    assertThat(status).as("chaos.seed=%s%n%s", seed, out).isZero();
    JsonNode json = JsonMapper.shared().readTree(report.resolve("chaos.json"));
    assertThat(json.get("cells").size()).isEqualTo(Matrix.all().size() + 1);
    assertThat(json.get("injected")).isEqualTo(json.get("planned"));
    assertThat(json.get("injected").intValue())
        .isGreaterThan(suite.equals("smoke") ? 1000 : CI_FAULTS);
    assertThat(json.get("violations").intValue()).isZero();
    assertThat(Files.readString(report.resolve("chaos.html"))).contains("update/power-cut");
    assertThat(report.resolve("chaos-junit.xml")).isNotEmptyFile();
  }
}
