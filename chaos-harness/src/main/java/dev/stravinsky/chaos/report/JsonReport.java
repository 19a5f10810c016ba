package dev.stravinsky.chaos.report;

import dev.stravinsky.chaos.report.ChaosReport.Failure;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/** {@code chaos.json}; its fields are documented in {@code docs/chaos.md} and stable. */
public final class JsonReport {
  private static final ObjectWriteContext INDENTED =
      new ObjectWriteContext.Base() {
        @Override
        public DefaultPrettyPrinter getPrettyPrinter() {
          return new DefaultPrettyPrinter();
        }

        @Override
        public boolean hasPrettyPrinter() {
          return true;
        }
      };

  private JsonReport() {}

  /** Writes it, in place of what is there. */
  public static void write(ChaosReport report, Path file) throws IOException {
    try (Writer out = Files.newBufferedWriter(file);
        JsonGenerator json = new JsonFactory().createGenerator(INDENTED, out)) {
      json.writeStartObject();
      json.writeNumberProperty("format", 1);
      json.writeStringProperty("suite", report.suite());
      json.writeNumberProperty("seed", report.seed());
      json.writeStringProperty("ground", report.ground());
      json.writeStringProperty("system", report.system());
      json.writeStringProperty("started", report.started().toString());
      json.writeNumberProperty("seconds", report.took().toMillis() / 1000.0);
      json.writeBooleanProperty("passed", report.passed());
      json.writeBooleanProperty("complete", report.complete());
      json.writeNumberProperty("planned", report.planned());
      json.writeNumberProperty("injected", report.injected());
      json.writeNumberProperty("violations", report.violations());
      json.writeName("cells");
      json.writeStartArray();
      for (Row row : report.rows()) {
        write(report, row, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void write(ChaosReport report, Row row, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("operation", row.operation());
    json.writeStringProperty("fault", row.fault());
    json.writeStringProperty("result", row.verdict().name().toLowerCase(Locale.ROOT));
    json.writeNumberProperty("places", row.places());
    json.writeNumberProperty("planned", row.planned());
    json.writeNumberProperty("injected", row.injected());
    json.writeNumberProperty("states", row.states());
    json.writeNumberProperty("violations", row.violations());
    json.writeNumberProperty("seconds", row.took().toMillis() / 1000.0);
    row.because().ifPresent(why -> json.writeStringProperty("because", why));
    json.writeName("failures");
    json.writeStartArray();
    row.failures().forEach(failure -> write(report, failure, json));
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(ChaosReport report, Failure failure, JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("id", failure.id());
    json.writeStringProperty("place", failure.place());
    json.writeBooleanProperty("fired", failure.fired());
    json.writeStringProperty("replay", report.replay(failure));
    writeAll("violations", failure.violations(), json);
    writeAll("trace", failure.trace(), json);
    json.writeEndObject();
  }

  private static void writeAll(String name, List<String> texts, JsonGenerator json) {
    json.writeName(name);
    json.writeStartArray();
    texts.forEach(json::writeString);
    json.writeEndArray();
  }
}
