package dev.stravinsky.report;

import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailStatistics;
import java.io.StringWriter;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Statistics as a JSON object. */
final class JsonFigures {
  private JsonFigures() {}

  static String of(TrailStatistics statistics) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeNumberProperty("format", 1);
      json.writeObjectPropertyStart("operations");
      for (Map.Entry<EventType, Map<EventStatus, Long>> row :
          new TreeMap<>(statistics.operations()).entrySet()) {
        json.writeObjectPropertyStart(row.getKey().name());
        new TreeMap<>(row.getValue())
            .forEach((status, count) -> json.writeNumberProperty(status.written(), count));
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeObjectPropertyStart("duration_seconds");
      for (Map.Entry<EventType, TrailStatistics.Durations> row :
          new TreeMap<>(statistics.durations()).entrySet()) {
        json.writeObjectPropertyStart(row.getKey().name());
        write(json, row.getValue());
        json.writeEndObject();
      }
      json.writeEndObject();
      rate(json, "update_success_rate", statistics.updateSuccessRate());
      rate(json, "rollbacks_per_update", statistics.rollbacksPerUpdate());
      json.writeObjectPropertyStart("versions");
      for (Map.Entry<String, Map<EventType, Long>> row : statistics.versions().entrySet()) {
        json.writeObjectPropertyStart(row.getKey());
        new TreeMap<>(row.getValue())
            .forEach((type, count) -> json.writeNumberProperty(type.name(), count));
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeNumberProperty("backup_bytes", statistics.backupBytes());
      json.writeNumberProperty("trail_bytes", statistics.trailBytes());
      json.writeEndObject();
    }
    return out.append('\n').toString();
  }

  private static void rate(JsonGenerator json, String name, OptionalDouble rate) {
    if (rate.isPresent()) {
      json.writeNumberProperty(name, rate.getAsDouble());
    } else {
      json.writeNullProperty(name);
    }
  }

  private static void write(JsonGenerator json, TrailStatistics.Durations durations) {
    json.writeNumberProperty("count", durations.count());
    json.writeNumberProperty("mean", durations.mean());
    json.writeNumberProperty("min", durations.min());
    json.writeNumberProperty("max", durations.max());
    json.writeNumberProperty("p50", durations.p50());
    json.writeNumberProperty("p95", durations.p95());
    json.writeNumberProperty("p99", durations.p99());
  }
}
