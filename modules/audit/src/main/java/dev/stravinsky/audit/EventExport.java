package dev.stravinsky.audit;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.AuditTrail.ExportFormat;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.TrailHead;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes events for other programs, one after the other. */
final class EventExport {
  private static final List<String> COLUMNS =
      List.of(
          "seq",
          "event_id",
          "timestamp",
          "event_type",
          "version",
          "previous_version",
          "scope",
          "user",
          "hostname",
          "status",
          "duration_seconds",
          "details",
          "error",
          "prev_hash",
          "hash");

  private final ExportFormat format;
  private final OutputStream out;
  private boolean first = true;

  EventExport(ExportFormat format, OutputStream out) {
    this.format = format;
    this.out = out;
  }

  void begin() throws IOException {
    write(
        switch (format) {
          case JSON -> "{\"format\":1,\"events\":[";
          case CSV -> String.join(",", COLUMNS) + "\r\n";
        });
  }

  void add(AuditEvent event) throws IOException {
    switch (format) {
      case JSON -> write((first ? "\n" : ",\n") + json(event));
      case CSV -> write(csv(event));
    }
    first = false;
  }

  void end() throws IOException {
    if (format == ExportFormat.JSON) {
      write("\n]}\n");
    }
    out.flush();
  }

  /** The line as it is in the log, which can be verified on its own. */
  private static String json(AuditEvent event) {
    TrailHead before = new TrailHead(event.seq() - 1, event.prevHash());
    byte[] line =
        EventLine.write(event.content(), before, event.timestamp(), event.user(), event.hostname())
            .line();
    return new String(line, StandardCharsets.UTF_8);
  }

  private static String csv(AuditEvent event) {
    EventDraft content = event.content();
    StringBuilder details = new StringBuilder();
    EventLine.detailsObject(details, content.details());
    return Stream.of(
                Long.toString(event.seq()),
                content.eventId(),
                EventLine.timestamp(event.timestamp()),
                content.type().name(),
                text(content.version()),
                text(content.previousVersion()),
                content.scope(),
                event.user(),
                event.hostname(),
                content.status().written(),
                content.duration().map(EventLine::seconds).orElse(""),
                details.toString(),
                text(content.error()),
                event.prevHash(),
                event.hash())
            .map(EventExport::cell)
            .collect(Collectors.joining(","))
        + "\r\n";
  }

  private static String text(Optional<String> value) {
    return value.orElse("");
  }

  /** A cell that a spreadsheet shows and does not compute, and that no terminal obeys. */
  static String cell(String value) {
    String shown = JsonStrings.visible(value);
    boolean formula = !shown.isEmpty() && "=+-@|%".indexOf(shown.charAt(0)) >= 0;
    String inert = formula ? "'" + shown : shown;
    return inert.chars().anyMatch(c -> c == '"' || c == ',' || c == '\'' || c == ' ')
        ? '"' + inert.replace("\"", "\"\"") + '"'
        : inert;
  }

  private void write(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
