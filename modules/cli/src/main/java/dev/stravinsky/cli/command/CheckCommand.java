package dev.stravinsky.cli.command;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import dev.stravinsky.cli.output.Table;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** {@code stravinsky check}. */
public final class CheckCommand extends Command {
  private final Value<List<String>> only = arguments().repeated("--only", "ID", "Only this check.");

  private final Value<Phase> phase =
      arguments().option("--phase", "P", Phase.class, "Only pre_update, staged or post_update.");

  private final Flag explain =
      arguments()
          .flag("Of each check say what it looks at; of each finding show why.", "--explain");

  private final Flag matrix =
      arguments().flag("Show what follows from each kind of error.", "--matrix");

  private final ScopeOption scope = new ScopeOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public CheckCommand(Session session) {
    super(session, "Run every check on your files as they are now.");
  }

  @Override
  ExitStatus run() throws IOException {
    if (matrix.given()) {
      printMatrix();
      return ExitStatus.DONE;
    }
    session().reportInterrupted();
    Set<Phase> phases =
        phase
            .given()
            .<Set<Phase>>map(EnumSet::of)
            .orElse(EnumSet.of(Phase.PRE_UPDATE, Phase.STAGED));
    List<CheckReport> reports =
        services()
            .updater()
            .check(
                scope.of(session()),
                phases,
                new HashSet<>(only.or(List.of())),
                session().plugins());
    if (json.asked()) {
      printJson(reports);
    } else {
      describe(reports);
    }
    return reports.stream().anyMatch(CheckReport::blocks) ? ExitStatus.BLOCKED : ExitStatus.DONE;
  }

  private void printJson(List<CheckReport> reports) {
    BiFunction<Phase, Result, Map<String, Object>> each =
        explain.given() ? new Explanation(this::next)::json : CheckJson::of;
    Map<String, Object> document = Json.document();
    document.put("blocks", reports.stream().anyMatch(CheckReport::blocks));
    document.put(
        "results",
        reports.stream()
            .flatMap(r -> r.results().stream().map(result -> each.apply(r.phase(), result)))
            .toList());
    Json.print(output().results(), document);
  }

  /** A row for each check; what it found in more than one phase is told once. */
  private void describe(List<CheckReport> reports) {
    Map<String, List<Result>> byCheck = Explanation.byCheck(reports);
    if (byCheck.isEmpty()) {
      output().line("Nothing was checked: what you named does not run in this phase.");
      return;
    }
    Table table = new Table("CHECK", "RESULT", "FINDINGS");
    byCheck.forEach(
        (id, results) -> {
          long count = Explanation.judged(results).size();
          String found = count == 0 ? "" : Shown.count(count, "finding");
          table.row(id, Explanation.verdict(results), found);
        });
    print(table);
    if (explain.given()) {
      new Explanation(this::next).print(reports, output());
    } else {
      byCheck
          .values()
          .forEach(
              results -> Explanation.judged(results).forEach(judged -> tell(judged.finding())));
    }
  }

  private void tell(Finding finding) {
    switch (finding.severity()) {
      case BLOCK -> output().problem(finding.problem());
      case WARN -> output().warning(finding.problem());
      case INFO -> output().note("info: " + finding.problem().located());
    }
  }

  private Optional<String> next(Finding finding) {
    return finding.severity() == Severity.INFO
        ? Optional.empty()
        : Optional.of("stravinsky check --only " + Shown.word(finding.checkId()));
  }

  private void printMatrix() {
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      document.put(
          "matrix", Arrays.stream(ErrorKind.values()).map(CheckCommand::matrixRow).toList());
      Json.print(output().results(), document);
      return;
    }
    Table table = new Table("ERROR", "DETECTION", "ROLLBACK", "WHAT YOU DO");
    for (ErrorKind kind : ErrorKind.values()) {
      table.row(kind.title(), kind.detection(), kind.rollsBack() ? "yes" : "no", kind.userAction());
    }
    print(table);
  }

  private static Map<String, Object> matrixRow(ErrorKind kind) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("kind", kind);
    row.put("title", kind.title());
    row.put("detection", kind.detection());
    row.put("rolls_back", kind.rollsBack());
    row.put("user_action", kind.userAction());
    return row;
  }
}
