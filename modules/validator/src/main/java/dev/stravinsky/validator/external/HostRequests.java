package dev.stravinsky.validator.external;

import dev.stravinsky.spi.CheckContext;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;

/** What is said to a plugin host: a line of JSON each. */
final class HostRequests {
  private final OutputStream lines;
  private Optional<CheckContext> known = Optional.empty();
  private long knownNumber;

  HostRequests(OutputStream host) {
    this.lines = new BufferedOutputStream(host, 1 << 16);
  }

  /** To start the plugins but these. */
  void start(Collection<URI> skipped) throws IOException {
    send(
        out -> {
          out.writeStringProperty("type", "start");
          out.writeNumberProperty("format", ContextWriter.FORMAT);
          out.writeArrayPropertyStart("skip");
          skipped.forEach(uri -> out.writeString(uri.toString()));
          out.writeEndArray();
        });
  }

  /** To run a check; the context is sent once for all the checks that look at it. */
  synchronized void check(long number, String check, CheckContext context, Duration limit)
      throws IOException {
    if (!known.map(k -> sameState(k, context)).orElse(false)) {
      knownNumber = number;
      send(
          out -> {
            out.writeStringProperty("type", "context");
            out.writeNumberProperty("context", knownNumber);
            ContextWriter.write(context, limit, out);
          });
      known = Optional.of(context);
    }
    send(
        out -> {
          out.writeStringProperty("type", "check");
          out.writeNumberProperty("request", number);
          out.writeStringProperty("check", check);
          out.writeNumberProperty("context", knownNumber);
          out.writeNumberProperty("time_limit_ms", limit.toMillis());
        });
  }

  /** A context is copied for each check, its parts are not. */
  private static boolean sameState(CheckContext a, CheckContext b) {
    return a.phase() == b.phase()
        && a.targets() == b.targets()
        && a.changed() == b.changed()
        && a.expected() == b.expected();
  }

  /** To ask a service; {@code question} writes the rest. */
  void call(long number, Consumer<JsonGenerator> question, Duration limit) throws IOException {
    send(
        out -> {
          out.writeStringProperty("type", "call");
          out.writeNumberProperty("request", number);
          out.writeNumberProperty("time_limit_ms", limit.toMillis());
          question.accept(out);
        });
  }

  /** That an answer is not waited for any more. */
  void cancel(long number) throws IOException {
    send(
        out -> {
          out.writeStringProperty("type", "cancel");
          out.writeNumberProperty("request", number);
        });
  }

  /** That nothing more will be asked. */
  void end() throws IOException {
    lines.close();
  }

  private synchronized void send(Consumer<JsonGenerator> fields) throws IOException {
    try (JsonGenerator out =
        ContextWriter.JSON
            .writer()
            .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .createGenerator(lines)) {
      out.writeStartObject();
      fields.accept(out);
      out.writeEndObject();
      out.writeRaw('\n');
    } catch (JacksonException e) {
      throw new IOException(e);
    }
    lines.flush();
  }
}
