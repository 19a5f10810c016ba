package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;

/** {@code stravinsky audit rebuild}. */
public final class AuditRebuild extends Command {
  private final DryRunOption dryRun = new DryRunOption(arguments());

  public AuditRebuild(Session session) {
    super(session, "Make the trail's index anew from the log.");
  }

  @Override
  ExitStatus run() throws IOException {
    if (dryRun.asked()) {
      output()
          .line(
              "Would make the index anew from "
                  + services().environment().home().operationsLog()
                  + ".");
      return ExitStatus.DONE;
    }
    output().success("Index made anew: " + services().audit().rebuildIndex() + " events.");
    return ExitStatus.DONE;
  }
}
