package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

/** {@code stravinsky audit rebuild}. */
@CommandLine.Command(description = "Make the trail's index anew from the log.")
public final class AuditRebuild extends Command {
  @Mixin private final DryRunOption dryRun = new DryRunOption();

  public AuditRebuild(Session session) {
    super(session);
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
