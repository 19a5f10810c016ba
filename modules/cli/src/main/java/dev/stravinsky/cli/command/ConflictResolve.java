package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code stravinsky conflict resolve PATH}. */
public final class ConflictResolve extends Command {
  private final Value<String> file =
      arguments().parameter("PATH", "Your file, as conflict list shows it.");

  private final DryRunOption dryRun = new DryRunOption(arguments());

  public ConflictResolve(Session session) {
    super(session, "Forget a conflict: your file stays as it is now.");
  }

  @Override
  ExitStatus run() throws IOException {
    var environment = services().environment();
    var live = environment.expand(file.get(), environment.workingDirectory()).normalize();
    List<Conflict> matching =
        services().conflicts().list().stream().filter(c -> c.live().equals(live)).toList();
    if (matching.isEmpty()) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "there is no conflict about this file")
              .inFile(live)
              .leaving("nothing was changed")
              .next("stravinsky conflict list"));
    }
    for (Conflict conflict : matching) {
      if (dryRun.asked()) {
        output().line("Would remove " + conflict.theirs() + ".");
      } else {
        services().conflicts().resolve(conflict);
        services().audit().append(event(conflict));
        output().success("Resolved: " + conflict.live() + " stays as it is.");
      }
    }
    return ExitStatus.DONE;
  }

  private EventDraft event(Conflict conflict) {
    return EventDraft.of(
            services().environment().ids().get() + "-resolved",
            EventType.CONFLICT_RESOLVED,
            EventStatus.SUCCESS,
            conflict.scope().key())
        .withVersion(conflict.version().value())
        .withDetails(Map.of("file", conflict.target() + "/" + conflict.path().readable()));
  }
}
