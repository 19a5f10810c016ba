package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.api.audit.TrailStatistics.Durations;
import dev.stravinsky.api.report.StatisticsReport;
import dev.stravinsky.api.report.StatisticsReport.Format;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every {@link StatisticsReport} must do. */
public abstract class StatisticsReportContract extends SandboxTest {
  private static final TrailStatistics FIGURES =
      new TrailStatistics(
          Map.of(
              EventType.UPDATE_START, Map.of(EventStatus.SUCCESS, 16L),
              EventType.AUTO_ROLLBACK, Map.of(EventStatus.ROLLED_BACK, 2L),
              EventType.UPDATE_SUCCESS, Map.of(EventStatus.SUCCESS, 12L),
              EventType.UPDATE_FAILED, Map.of(EventStatus.FAILED, 1L, EventStatus.ROLLED_BACK, 2L)),
          Map.of(EventType.UPDATE_SUCCESS, new Durations(12, 1.25, 0.5, 12_345.678, 1, 2, 1e9)),
          versions(),
          54_321_987L,
          999L);

  /** What somebody may have called a release. */
  private static final String HOSTILE = "v\"2\\\n# TYPE x gauge\nx 1 \u001b[2J";

  private static Map<String, Map<EventType, Long>> versions() {
    Map<String, Map<EventType, Long>> versions = new LinkedHashMap<>();
    versions.put("v1", Map.of(EventType.UPDATE_SUCCESS, 11L, EventType.AUTO_ROLLBACK, 2L));
    versions.put(HOSTILE, Map.of(EventType.UPDATE_SUCCESS, 1L));
    return versions;
  }

  private static final TrailStatistics NONE = new TrailStatistics(Map.of(), Map.of(), 0, 0);

  /** A sample of Prometheus' text format 0.0.4: name, labels, value. */
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][\\w:]*?)(_sum|_count)?"
              + "(\\{(?:[a-zA-Z_]\\w*=\"(?:[^\"\\\\\\n]|\\\\[\"\\\\n])*\",?)*\\})? (-?[0-9][0-9.eE+-]*)");

  private String written(TrailStatistics figures, Format format) throws IOException {
    StringBuilder out = new StringBuilder();
    sandbox.services().statistics().write(figures, format, out);
    return out.toString();
  }

  @Test
  void text_anyFigures_fitsEightyColumns() throws IOException {
    String text = written(FIGURES, Format.TEXT);

    assertThat(text.chars()).noneMatch(c -> Character.isISOControl(c) && c != '\n');
    assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThan(80));
    assertThat(text)
        .containsPattern("UPDATE_SUCCESS +12 +0 +0 +0\n")
        .containsPattern("UPDATE_FAILED +0 +1 +2 +0\n")
        .containsPattern("UPDATE_SUCCESS +12 +1\\.25 +0\\.50 +1\\.00 +2\\.00 +1\\.0e\\+09 +12346\n")
        .contains("75.0 % of 16 updates succeeded; 0.13 rollbacks for each.\n")
        .containsPattern("v1 +11 +0 +0 +2 +0\n")
        .contains("54.3 MB")
        .contains("999 B")
        .endsWith("\n");
    assertThat(written(NONE, Format.TEXT)).contains("No operations");
  }

  @Test
  void json_anyFigures_hasAllOfThem() throws IOException {
    assertThat(written(FIGURES, Format.JSON))
        .isEqualTo(
            "{\"format\":1,\"operations\":{\"UPDATE_START\":{\"success\":16},"
                + "\"UPDATE_SUCCESS\":{\"success\":12},"
                + "\"UPDATE_FAILED\":{\"failed\":1,\"rolled_back\":2},"
                + "\"AUTO_ROLLBACK\":{\"rolled_back\":2}},"
                + "\"duration_seconds\":{\"UPDATE_SUCCESS\":{\"count\":12,\"mean\":1.25,"
                + "\"min\":0.5,\"max\":12345.678,\"p50\":1.0,\"p95\":2.0,\"p99\":1.0E9}},"
                + "\"update_success_rate\":0.75,\"rollbacks_per_update\":0.125,"
                + "\"versions\":{\"v1\":{\"UPDATE_SUCCESS\":11,\"AUTO_ROLLBACK\":2},"
                + "\"v\\\"2\\\\\\n# TYPE x gauge\\nx 1 \\u001B[2J\":{\"UPDATE_SUCCESS\":1}},"
                + "\"backup_bytes\":54321987,\"trail_bytes\":999}\n");
    assertThat(written(NONE, Format.JSON)).contains("\"operations\":{}");
  }

  @Test
  void prometheus_anyFigures_isValid() throws IOException {
    for (TrailStatistics figures : List.of(FIGURES, NONE)) {
      Set<String> families = new HashSet<>();
      Set<String> samples = new HashSet<>();
      String text = written(figures, Format.PROMETHEUS);
      assertThat(text).endsWith("\n").doesNotContain("\r");
      for (String line : text.split("\n")) {
        if (line.startsWith("# TYPE ")) {
          assertThat(families.add(line.split(" ")[2])).as("one TYPE of %s", line).isTrue();
          assertThat(line.split(" ")[3]).isIn("gauge", "counter", "summary");
        } else if (!line.startsWith("# HELP ")) {
          Matcher sample = SAMPLE.matcher(line);
          assertThat(sample.matches()).as(line).isTrue();
          assertThat(families).contains(sample.group(1));
          assertThat(samples.add(line.substring(0, line.lastIndexOf(' ')))).as(line).isTrue();
        }
      }
    }
    assertThat(written(FIGURES, Format.PROMETHEUS))
        .contains("stravinsky_operations{operation=\"update_failed\",status=\"rolled_back\"} 2\n")
        .contains(
            "stravinsky_operation_duration_seconds{operation=\"update_success\",quantile=\"0.95\"}"
                + " 2.0\n")
        .contains("stravinsky_operation_duration_seconds_count{operation=\"update_success\"} 12\n")
        .contains("stravinsky_update_success_ratio 0.75\n")
        .contains("stravinsky_version_operations{version=\"v1\",operation=\"update_success\"} 11\n")
        .doesNotContain("\nx 1")
        .contains("stravinsky_backup_bytes 54321987\n");
  }

  @Test
  void prometheus_readByPrometheus_hasNoMistake() throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
    } catch (IOException e) {
      Assumptions.abort("promtool is not here: the grammar alone was looked at");
      return;
    }
    try (OutputStream in = process.getOutputStream()) {
      in.write(written(FIGURES, Format.PROMETHEUS).getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEmpty();
  }
}
