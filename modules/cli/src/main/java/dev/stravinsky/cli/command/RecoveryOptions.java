package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.recovery.Recovery.Options;
import dev.stravinsky.api.recovery.RecoveryResult;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Mixin;

/** What the three levels of recovery have in common. */
final class RecoveryOptions {
  @Mixin private final ScopeOption scope = new ScopeOption();
  @Mixin private final DryRunOption dryRun = new DryRunOption();
  @Mixin private final JsonOption json = new JsonOption();

  ExitStatus run(Session session, Level level) throws IOException {
    if (dryRun.asked()) {
      session.reportInterrupted();
    } else {
      session.finishInterrupted(scope.of(session));
    }
    Options options = new Options(scope.of(session), dryRun.asked(), session.progress());
    RecoveryResult result = level.recover(options);
    if (json.asked()) {
      Json.print(session.output().results(), document(result));
    } else {
      describe(session.output(), result);
    }
    return ExitStatus.DONE;
  }

  private static void describe(Output output, RecoveryResult result) {
    if (result.restored().isEmpty()) {
      output.line("Nothing to do: everything is as in the backup " + result.source() + ".");
      return;
    }
    if (result.dryRun()) {
      output.line("Would recover from " + result.source() + ":");
    } else {
      output.success("Recovery successful");
      output.field("From", "backup " + result.source());
      result.replaced().ifPresent(backup -> output.field("Backup", backup));
      output.field("Took", Shown.seconds(result.took()));
    }
    result.restored().forEach(file -> output.item(file.toString()));
    result.warnings().forEach(output::warning);
  }

  private static Map<String, Object> document(RecoveryResult result) {
    Map<String, Object> document = Json.document();
    document.put("dry_run", result.dryRun());
    document.put("source", result.source());
    document.put("version", result.version());
    document.put("restored", result.restored());
    document.put("backup", result.replaced());
    document.put("warnings", result.warnings().stream().map(Shown::json).toList());
    document.put("duration_seconds", result.took());
    return document;
  }

  /** One of the levels. */
  @FunctionalInterface
  interface Level {
    RecoveryResult recover(Options options) throws IOException;
  }
}
