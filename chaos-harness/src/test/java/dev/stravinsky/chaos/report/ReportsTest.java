package dev.stravinsky.chaos.report;

import static dev.stravinsky.chaos.report.SampleReports.empty;
import static dev.stravinsky.chaos.report.SampleReports.held;
import static dev.stravinsky.chaos.report.SampleReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.chaos.report.ChaosReport.Row;
import dev.stravinsky.chaos.report.ChaosReport.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ReportsTest {
  private static final String HOSTILE = "<script>alert('x')</script>\u0000 & \"quoted\"";

  @TempDir Path directory;

  @Test
  void passed_everyPlannedFaultTookPlaceAndAllHeld_isTrue() {
    assertThat(report(held("killed", 3, 3)).passed()).isTrue();
    assertThat(report(held("killed", 3, 3), empty()).passed()).isTrue();
  }

  @Test
  void passed_aFaultMissingOrNoneAtAll_isFalse() {
    assertThat(report(held("killed", 3, 2)).passed()).isFalse();
    assertThat(report(held("killed", 3, 3), failed()).passed()).isFalse();
    assertThat(report(empty()).passed()).isFalse();
    assertThat(report().passed()).isFalse();
  }

  @Test
  void json_anyReport_hasTotalsAndARowForEachCell() throws Exception {
    Path file = directory.resolve("chaos.json");
    JsonReport.write(report(held("killed", 3, 3), failed(), empty()), file);

    JsonNode json = JsonMapper.shared().readTree(file);
    assertThat(json.get("format").intValue()).isEqualTo(1);
    assertThat(json.get("seed").longValue()).isEqualTo(42);
    assertThat(json.get("passed").booleanValue()).isFalse();
    assertThat(json.get("planned").intValue()).isEqualTo(5);
    assertThat(json.get("injected").intValue()).isEqualTo(4);
    assertThat(json.get("violations").intValue()).isEqualTo(2);
    assertThat(json.get("cells").size()).isEqualTo(3);
    assertThat(json.at("/cells/0/result").stringValue()).isEqualTo("passed");
    assertThat(json.at("/cells/1/failures/0/violations/0").stringValue()).isEqualTo(HOSTILE);
    assertThat(json.at("/cells/1/failures/0/replay").stringValue())
        .isEqualTo("stravinsky chaos replay update/io-error/9 --seed 42");
    assertThat(json.at("/cells/2/because").stringValue()).isEqualTo("it has no journal");
  }

  @Test
  void junit_anyReport_isReadByAParser() throws Exception {
    Path file = directory.resolve("chaos-junit.xml");
    JUnitReport.write(report(held("killed", 3, 3), failed(), empty()), file);

    Document xml =
        DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile());
    Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
    assertThat(suite.getAttribute("name")).isEqualTo("chaos.update");
    assertThat(suite.getAttribute("tests")).isEqualTo("3");
    assertThat(suite.getAttribute("failures")).isEqualTo("1");
    assertThat(suite.getAttribute("skipped")).isEqualTo("1");
    assertThat(xml.getElementsByTagName("testcase").getLength()).isEqualTo(3);
    assertThat(xml.getElementsByTagName("failure").item(0).getTextContent())
        .contains("<script>", "chaos replay update/io-error/9 --seed 42");
  }

  @Test
  void html_hostileText_isTextAndNothingElse() throws Exception {
    Path file = directory.resolve("chaos.html");
    HtmlReport.write(report(held("killed", 3, 3), failed(), empty()), file);

    String page = Files.readString(file);
    assertThat(page).doesNotContain("<script").contains("&lt;script&gt;");
    assertThat(page).contains("default-src 'none'");
    assertThat(page).contains("class=\"passed\" title=\"update/killed: 3 of 3 faults");
    assertThat(page).contains("class=\"failed\" title=\"update/io-error");
    assertThat(page).contains("class=\"empty\" title=\"update/journal: it has no journal\"");
    assertThat(page).contains("#3 WRITE");
  }

  @Test
  void verdict_timeWasOver_isNotRun() {
    Row late = new Row("update", "killed", 0, 0, 0, 0, Optional.empty(), List.of(), Duration.ZERO);
    assertThat(late.verdict()).isEqualTo(Verdict.NOT_RUN);
  }

  private static Row failed() {
    return SampleReports.violated(1, "#3 WRITE " + HOSTILE, HOSTILE, "b");
  }
}
