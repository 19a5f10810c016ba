package dev.stravinsky.cli.command;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import dev.stravinsky.cli.output.Table;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code stravinsky check}. */
@CommandLine.Command(description = "Run every check on your files as they are now.")
public final class CheckCommand extends Command {
  @Option(names = "--only", paramLabel = "ID", description = "Only this check.")
  private List<String> only = List.of();

  @Option(
      names = "--phase",
      paramLabel = "P",
      description = "Only pre_update, staged or post_update.")
  private Optional<Phase> phase = Optional.empty();

  @Option(names = "--matrix", description = "Show what follows from each kind of error.")
  private boolean matrix;

  @Mixin private final ScopeOption scope = new ScopeOption();
  @Mixin private final PluginsOption plugins = new PluginsOption();
  @Mixin private final JsonOption json = new JsonOption();

  public CheckCommand(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    if (matrix) {
      printMatrix();
      return ExitStatus.DONE;
    }
    session().reportInterrupted();
    Set<Phase> phases =
        phase.<Set<Phase>>map(EnumSet::of).orElse(EnumSet.of(Phase.PRE_UPDATE, Phase.STAGED));
    List<CheckReport> reports =
        services().updater().check(scope.of(session()), phases, new HashSet<>(only), plugins.on());
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      document.put("blocks", reports.stream().anyMatch(CheckReport::blocks));
      document.put(
          "results",
          reports.stream()
              .flatMap(r -> r.results().stream().map(result -> json(r.phase(), result)))
              .toList());
      Json.print(output().results(), document);
    } else {
      describe(reports);
    }
    return reports.stream().anyMatch(CheckReport::blocks) ? ExitStatus.BLOCKED : ExitStatus.DONE;
  }

  /** A row for each check; what it found in more than one phase is told once. */
  private void describe(List<CheckReport> reports) {
    Map<String, List<Result>> byCheck = new LinkedHashMap<>();
    for (CheckReport report : reports) {
      for (Result result : report.results()) {
        byCheck.computeIfAbsent(result.checkId(), id -> new ArrayList<>()).add(result);
      }
    }
    Table table = new Table("CHECK", "RESULT", "FINDINGS");
    byCheck.forEach(
        (id, results) -> {
          long count = findings(results).size();
          table.row(id, verdict(results), count == 0 ? "" : Shown.count(count, "finding"));
        });
    print(table);
    byCheck.values().forEach(results -> findings(results).forEach(this::tell));
  }

  private void tell(Finding finding) {
    switch (finding.severity()) {
      case BLOCK -> output().problem(finding.problem());
      case WARN -> output().warning(finding.problem());
      case INFO -> output().note("info: " + finding.problem().located());
    }
  }

  private static List<Finding> findings(List<Result> results) {
    return results.stream().flatMap(result -> result.findings().stream()).distinct().toList();
  }

  private static String verdict(List<Result> results) {
    for (Result result : results) {
      if (result.ending() != Ending.COMPLETED) {
        return result.ending().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      }
    }
    return findings(results).stream()
        .map(Finding::severity)
        .max(Enum::compareTo)
        .filter(worst -> worst != Severity.INFO)
        .map(worst -> worst == Severity.BLOCK ? "BLOCKS" : "warns")
        .orElse("ok");
  }

  private void printMatrix() {
    Table table = new Table("ERROR", "DETECTION", "ROLLS BACK", "WHAT YOU DO");
    for (ErrorKind kind : ErrorKind.values()) {
      table.row(kind.title(), kind.detection(), kind.rollsBack() ? "yes" : "no", kind.userAction());
    }
    print(table);
  }

  private static Map<String, Object> json(Phase phase, Result result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("check", result.checkId());
    json.put("phase", phase);
    json.put("ending", result.ending());
    json.put("duration_seconds", result.duration());
    json.put("findings", result.findings().stream().map(CheckCommand::json).toList());
    return json;
  }

  private static Map<String, Object> json(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("severity", finding.severity());
    json.putAll(Shown.json(finding.problem()));
    return json;
  }
}
