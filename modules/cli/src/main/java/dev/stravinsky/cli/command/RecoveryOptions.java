package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.recovery.Recovery.Options;
import dev.stravinsky.api.recovery.RecoveryResult;
import dev.stravinsky.api.recovery.RecoveryResult.Lost;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the three levels of recovery have in common. */
final class RecoveryOptions {
  private static final int MOST_SHOWN = 20;

  private final ScopeOption scope;
  private final DryRunOption dryRun;
  private final Flag partial;
  private final JsonOption json;

  RecoveryOptions(Arguments arguments) {
    this.scope = new ScopeOption(arguments);
    this.dryRun = new DryRunOption(arguments);
    this.partial =
        arguments.flag(
            "Where every backup is damaged, bring back what is intact; name the rest.",
            "--partial");
    this.json = new JsonOption(arguments);
  }

  ExitStatus run(Session session, Level level) throws IOException {
    if (dryRun.asked()) {
      session.reportInterrupted();
    } else {
      session.finishInterrupted(scope.of(session));
    }
    Options options =
        new Options(scope.of(session), dryRun.asked(), partial.given(), session.progress());
    RecoveryResult result = level.recover(options);
    if (json.asked()) {
      Json.print(session.output().results(), document(result));
    } else {
      describe(session.output(), result);
    }
    return result.isWhole() ? ExitStatus.DONE : ExitStatus.DAMAGED;
  }

  private static void describe(Output output, RecoveryResult result) {
    if (result.restored().isEmpty()) {
      output.line(
          "Nothing to do: everything "
              + (result.isWhole() ? "" : "that is intact in it ")
              + "is as in the backup "
              + result.source()
              + ".");
    } else {
      describeRestored(output, result);
    }
    if (!result.isWhole()) {
      describeLost(output, result);
    }
  }

  /** Never silently partial. */
  private static void describeLost(Output output, RecoveryResult result) {
    result.doubts().forEach(output::warning);
    if (result.lost().isEmpty()) {
      return;
    }
    output.failure(
        "LOST in the backup "
            + result.source()
            + ": "
            + Shown.count(result.lost().size(), "file")
            + (result.dryRun() ? " would not come back." : " did not come back."));
    for (Lost each : result.lost()) {
      output.problem(problem(each));
    }
  }

  private static Problem problem(Lost lost) {
    String who =
        lost.older()
            .map(id -> "; the next older backup that has it is " + id)
            .orElse("; no older intact backup has it");
    Problem problem = Problem.of(ErrorKind.CORRUPTED_BACKUP, lost.why() + who).inFile(lost.file());
    return lost.older()
        .map(id -> problem.next("stravinsky recovery file " + Shown.word(lost.file()) + " " + id))
        .orElse(problem);
  }

  private static void describeRestored(Output output, RecoveryResult result) {
    if (result.dryRun()) {
      output.line("Would recover from " + result.source() + ":");
    } else {
      output.success("Recovery successful");
      output.field("From", "backup " + result.source());
      result.replaced().ifPresent(backup -> output.field("Backup", backup));
      output.field("Took", Shown.seconds(result.took()));
    }
    int shown = result.dryRun() ? result.restored().size() : MOST_SHOWN;
    result.restored().stream().limit(shown).forEach(file -> output.item(file.toString()));
    if (result.restored().size() > shown) {
      output.item("and " + (result.restored().size() - shown) + " more; --json names all");
    }
    result.warnings().forEach(output::warning);
  }

  private static Map<String, Object> document(RecoveryResult result) {
    Map<String, Object> document = Json.document();
    document.put("dry_run", result.dryRun());
    document.put("source", result.source());
    document.put("version", result.version());
    document.put("restored", result.restored());
    document.put("backup", result.replaced());
    document.put("lost", result.lost().stream().map(RecoveryOptions::json).toList());
    document.put("doubts", result.doubts().stream().map(Shown::json).toList());
    document.put("warnings", result.warnings().stream().map(Shown::json).toList());
    document.put("duration_seconds", result.took());
    return document;
  }

  private static Map<String, Object> json(Lost lost) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("file", lost.file());
    json.put("why", lost.why());
    json.put("older_backup", lost.older());
    return json;
  }

  /** One of the levels. */
  @FunctionalInterface
  interface Level {
    RecoveryResult recover(Options options) throws IOException;
  }
}
