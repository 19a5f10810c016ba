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
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code stravinsky conflict resolve PATH}. */
@CommandLine.Command(description = "Forget a conflict: your file stays as it is now.")
public final class ConflictResolve extends Command {
  @Parameters(paramLabel = "PATH", description = "Your file, as conflict list shows it.")
  private String file;

  @Mixin private final DryRunOption dryRun = new DryRunOption();

  public ConflictResolve(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    var environment = services().environment();
    var live = environment.expand(file, environment.workingDirectory()).normalize();
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
