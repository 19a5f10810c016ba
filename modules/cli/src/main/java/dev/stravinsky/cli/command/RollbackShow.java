package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code stravinsky rollback show VERSION}. */
@CommandLine.Command(description = "Show what going to a version would change.")
public final class RollbackShow extends Command {
  @Parameters(paramLabel = "VERSION", description = "A version, or a backup's id.")
  private String version;

  @Option(names = "--exact", description = "As rollback to --exact would do it.")
  private boolean exact;

  @Mixin private final ScopeOption scope = new ScopeOption();
  @Mixin private final JsonOption json = new JsonOption();

  public RollbackShow(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    session().reportInterrupted();
    RollbackRequest request = new RollbackRequest(scope.of(session()), exact, true, true);
    return new RollbackOutput(output(), json.asked())
        .print(services().updater().rollbackTo(version, request, session().progress()));
  }
}
