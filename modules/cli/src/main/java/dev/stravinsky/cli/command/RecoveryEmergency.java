package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.recovery.Diagnosis;
import dev.stravinsky.api.recovery.Recovery.Abandoned;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code stravinsky recovery emergency}. */
public final class RecoveryEmergency extends Command {
  private final Flag apply = arguments().flag("Also do what is safe to do.", "--apply");

  private final Value<String> abandon =
      arguments()
          .option(
              "--abandon",
              "TX",
              "Close an interrupted change that cannot be finished, keeping both sides.");

  private final ScopeOption scope = new ScopeOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public RecoveryEmergency(Session session) {
    super(session, "Examine this machine, and say what to do when nothing else helps.");
  }

  @Override
  ExitStatus run() throws IOException {
    if (abandon.given().isPresent()) {
      describe(services().recovery().abandon(abandon.get()));
      return ExitStatus.DONE;
    }
    Diagnosis diagnosis = services().recovery().emergency(scope.of(session()), apply.given());
    if (json.asked()) {
      Json.print(output().results(), document(diagnosis));
    } else {
      describe(diagnosis);
    }
    return diagnosis.problems().isEmpty() ? ExitStatus.DONE : ExitStatus.DAMAGED;
  }

  private void describe(Abandoned closed) {
    output().success("Closed " + abandon.get() + ". What is not live is kept here:");
    closed.sides().stream().map(Path::toString).forEach(output()::item);
    closed
        .backup()
        .ifPresent(kept -> output().line("The new version's backup is kept as " + kept + "."));
    closed.warnings().forEach(output()::warning);
  }

  private void describe(Diagnosis diagnosis) {
    diagnosis.done().forEach(output()::success);
    if (diagnosis.problems().isEmpty()) {
      output().success("Nothing is wrong: journal, backups, trail, disk and modes were examined.");
    } else {
      output().line(Shown.count(diagnosis.problems().size(), "problem") + " found:");
      output().problems(diagnosis.problems());
    }
    output().line("");
    output().line("By hand, with plain tools only (every path is this machine's):");
    int number = 1;
    for (Diagnosis.Step step : diagnosis.manualSteps()) {
      output().line("");
      output().line(number++ + ". " + step.purpose() + ":");
      step.commands().forEach(output()::item);
    }
    output().line("");
    output().line("The whole guide: RECOVERY_GUIDE.md");
  }

  private static Map<String, Object> document(Diagnosis diagnosis) {
    Map<String, Object> document = Json.document();
    document.put("problems", diagnosis.problems().stream().map(Shown::json).toList());
    document.put("done", diagnosis.done());
    document.put(
        "steps",
        diagnosis.manualSteps().stream()
            .map(
                step -> {
                  Map<String, Object> each = new LinkedHashMap<>();
                  each.put("purpose", step.purpose());
                  each.put("commands", step.commands());
                  return each;
                })
            .toList());
    return document;
  }
}
