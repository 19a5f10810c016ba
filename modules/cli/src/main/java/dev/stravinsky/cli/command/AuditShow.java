package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code stravinsky audit show EVENT}. */
public final class AuditShow extends Command {
  private final Value<String> event = arguments().parameter("EVENT", "Its number (SEQ) or id.");

  private final JsonOption json = new JsonOption(arguments());

  public AuditShow(Session session) {
    super(session, "Show one event in full.");
  }

  @Override
  ExitStatus run() throws IOException {
    AuditEvent found =
        services()
            .audit()
            .find(event.get())
            .orElseThrow(
                () ->
                    new NotFoundException(
                        Problem.of(ErrorKind.UNKNOWN, "there is no event \"" + event.get() + "\"")
                            .leaving("nothing was changed")
                            .next("stravinsky audit log")));
    if (json.asked()) {
      var document = Json.document();
      document.putAll(Events.json(found));
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    output().line("Event " + found.seq());
    Events.json(found).forEach(this::field);
    return ExitStatus.DONE;
  }

  private void field(String name, Object value) {
    Object shown = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (shown instanceof Map<?, ?> details) {
      details.forEach((key, each) -> wide("  " + key, each));
    } else if (shown instanceof Instant instant) {
      wide(name, Shown.time(instant));
    } else if (shown instanceof Duration duration) {
      wide(name, Shown.seconds(duration));
    } else if (shown != null) {
      wide(name, shown);
    }
  }

  private void wide(String name, Object value) {
    output().line(String.format(Locale.ROOT, "  %-17s %s", name, value));
  }
}
