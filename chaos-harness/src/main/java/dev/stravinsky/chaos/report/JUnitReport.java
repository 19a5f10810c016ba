package dev.stravinsky.chaos.report;

import dev.stravinsky.chaos.report.ChaosReport.Failure;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import dev.stravinsky.chaos.report.ChaosReport.Verdict;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * {@code chaos-junit.xml} as CI servers read it: a suite for each operation, a test case for each
 * kind of fault. An empty cell is a skipped test whose message says why.
 */
public final class JUnitReport {
  private JUnitReport() {}

  /** Writes it, in place of what is there. */
  public static void write(ChaosReport report, Path file) throws IOException {
    Map<String, List<Row>> suites = new LinkedHashMap<>();
    for (Row row : report.rows()) {
      suites.computeIfAbsent(row.operation(), o -> new java.util.ArrayList<>()).add(row);
    }
    try (Writer out = Files.newBufferedWriter(file)) {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("testsuites");
      xml.writeAttribute("name", "stravinsky chaos " + report.suite());
      xml.writeAttribute("time", seconds(report.took()));
      for (Map.Entry<String, List<Row>> suite : suites.entrySet()) {
        write(report, suite.getKey(), suite.getValue(), xml);
      }
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private static void write(
      ChaosReport report, String operation, List<Row> rows, XMLStreamWriter xml)
      throws XMLStreamException {
    Duration took = rows.stream().map(Row::took).reduce(Duration.ZERO, Duration::plus);
    long failed = rows.stream().filter(row -> row.verdict() == Verdict.FAILED).count();
    long skipped = rows.stream().filter(JUnitReport::isSkipped).count();
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", "chaos." + operation);
    xml.writeAttribute("tests", Integer.toString(rows.size()));
    xml.writeAttribute("failures", Long.toString(failed));
    xml.writeAttribute("errors", "0");
    xml.writeAttribute("skipped", Long.toString(skipped));
    xml.writeAttribute("time", seconds(took));
    xml.writeAttribute("timestamp", report.started().toString());
    for (Row row : rows) {
      write(report, row, xml);
    }
    xml.writeEndElement();
  }

  private static void write(ChaosReport report, Row row, XMLStreamWriter xml)
      throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", "chaos." + row.operation());
    xml.writeAttribute("name", row.fault());
    xml.writeAttribute("time", seconds(row.took()));
    if (row.verdict() == Verdict.FAILED) {
      xml.writeStartElement("failure");
      xml.writeAttribute("message", summary(row));
      xml.writeCharacters(clean(details(report, row)));
      xml.writeEndElement();
    } else if (isSkipped(row)) {
      xml.writeStartElement("skipped");
      xml.writeAttribute("message", row.because().orElse("the time was over"));
      xml.writeEndElement();
    }
    xml.writeEndElement();
  }

  private static boolean isSkipped(Row row) {
    return row.verdict() == Verdict.EMPTY || row.verdict() == Verdict.NOT_RUN;
  }

  private static String summary(Row row) {
    return row.violations()
        + " violations; "
        + row.injected()
        + " of "
        + row.planned()
        + " planned faults took place";
  }

  private static String details(ChaosReport report, Row row) {
    StringBuilder text = new StringBuilder();
    for (Failure failure : row.failures()) {
      text.append(failure.place()).append('\n');
      if (!failure.fired()) {
        text.append("  the fault did not take place\n");
      }
      failure.violations().forEach(each -> text.append("  ").append(each).append('\n'));
      text.append("  -> ").append(report.replay(failure)).append('\n');
    }
    return text.toString();
  }

  /** Without what XML 1.0 cannot carry. */
  private static String clean(String text) {
    return text.replaceAll("[^\\t\\n\\x20-\\uD7FF\\uE000-\\uFFFD]", "\uFFFD");
  }

  private static String seconds(Duration time) {
    return String.format(java.util.Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
  }
}
