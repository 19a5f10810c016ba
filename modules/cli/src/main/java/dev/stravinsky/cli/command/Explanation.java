package dev.stravinsky.cli.command;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckReport.Judged;
import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.cli.output.Output;
import dev.stravinsky.cli.output.Shown;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * {@code --explain}: what each check looks at; and of each finding where it is, the evidence, why
 * it blocks or only warns, and what to type next.
 */
final class Explanation {
  private final Function<Finding, Optional<String>> next;

  /** {@code next} knows the command to type after a finding, if there is one. */
  Explanation(Function<Finding, Optional<String>> next) {
    this.next = next;
  }

  /** For people: each check once, also if it ran in several phases. */
  void print(List<CheckReport> reports, Output output) {
    for (List<Result> results : byCheck(reports).values()) {
      String id = results.getFirst().checkId();
      output.line("");
      output.line(id + ": " + verdict(results));
      output.paragraph("looks at", rule(results));
      output.paragraph("ran", ran(id, reports));
      for (Judged judged : judged(results)) {
        print(judged, output);
      }
    }
  }

  private void print(Judged judged, Output output) {
    Finding finding = judged.finding();
    output.line("");
    output.paragraph(label(finding), located(finding));
    judged.evidence().ifPresent(line -> output.paragraph("evidence", line));
    output.paragraph("why", why(judged));
    if (finding.severity() == Severity.BLOCK) {
      output.paragraph("matrix", row(finding.kind()));
    }
    finding.hint().ifPresent(hint -> output.paragraph("do", hint));
    next.apply(finding).ifPresent(command -> output.paragraph("next", command));
  }

  /** For programs: a result, and what explains it. */
  Map<String, Object> json(Phase phase, Result result) {
    Map<String, Object> json = new LinkedHashMap<>(CheckJson.of(phase, result));
    json.put("rule", result.rule());
    json.put("findings", result.judged().stream().map(this::json).toList());
    return json;
  }

  private Map<String, Object> json(Judged judged) {
    ErrorKind kind = judged.finding().kind();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("title", kind.title());
    row.put("rolls_back", kind.rollsBack());
    row.put("user_action", kind.userAction());
    Map<String, Object> json = new LinkedHashMap<>(CheckJson.of(judged.finding()));
    json.put("evidence", judged.evidence());
    json.put("reason", judged.reason());
    json.put("why", why(judged));
    json.put("matrix", row);
    json.put("command", next.apply(judged.finding()));
    return json;
  }

  static Map<String, List<Result>> byCheck(List<CheckReport> reports) {
    Map<String, List<Result>> byCheck = new LinkedHashMap<>();
    for (CheckReport report : reports) {
      for (Result result : report.results()) {
        byCheck.computeIfAbsent(result.checkId(), id -> new ArrayList<>()).add(result);
      }
    }
    return byCheck;
  }

  /** How a check ended in all phases together. */
  static String verdict(List<Result> results) {
    for (Result result : results) {
      if (result.ending() != Ending.COMPLETED) {
        return result.ending().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      }
    }
    return judged(results).stream()
        .map(judged -> judged.finding().severity())
        .max(Enum::compareTo)
        .filter(worst -> worst != Severity.INFO)
        .map(worst -> worst == Severity.BLOCK ? "BLOCKS" : "warns")
        .orElse("ok");
  }

  /** What a check found in more than one phase is told once. */
  static Set<Judged> judged(List<Result> results) {
    return results.stream()
        .flatMap(result -> result.judged().stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** A program may say it in one phase only. */
  private static String rule(List<Result> results) {
    return results.stream()
        .map(Result::rule)
        .filter(rule -> !rule.isEmpty())
        .findFirst()
        .orElse("The check does not say what it looks at.");
  }

  private static String ran(String id, List<CheckReport> reports) {
    List<String> phases = new ArrayList<>();
    for (CheckReport report : reports) {
      for (Result result : report.results()) {
        if (result.checkId().equals(id)) {
          String phase = report.phase().name().toLowerCase(Locale.ROOT);
          phases.add(phase + " (" + Shown.seconds(result.duration()) + ")");
        }
      }
    }
    return String.join(", ", phases);
  }

  /** Without the check's id, which stands above. */
  private static String located(Finding finding) {
    return new Problem(
            finding.kind(),
            finding.message(),
            finding.file(),
            finding.line(),
            Optional.empty(),
            Optional.empty())
        .located();
  }

  private static String label(Finding finding) {
    return switch (finding.severity()) {
      case BLOCK -> "blocks";
      case WARN -> "warns";
      case INFO -> "says";
    };
  }

  private static String why(Judged judged) {
    Severity severity = judged.finding().severity();
    return switch (judged.reason()) {
      case OWN_SEVERITY ->
          severity == Severity.WARN
              ? "It only warns: the check does not take it for a reason to stop."
              : "It is told for your information; nothing follows from it.";
      case AS_THINGS_ARE ->
          "It blocks: as things are an update cannot be made safely, whoever brought it about.";
      case IN_FORCE ->
          "It blocks: your files have this fault now. An update that leaves the file alone would"
              + " only warn of it, since nobody must repair an old fault to get an update.";
      case NEW ->
          "It blocks: the update brings this fault, or touches the file that has it. An old fault"
              + " in a file that it leaves alone would only warn.";
      case OLD_FAULT ->
          "It only warns: the fault was there before, and the update does not bring it.";
      case ACCEPTED -> "It only warns: the check was accepted by name, and the trail says who did.";
      case CHECK_FAILED ->
          severity == Severity.BLOCK
              ? "It blocks: the check itself failed, so nobody knows what it would have found."
              : "It only warns: a plugin's own failure proves nothing against files that are live.";
      case COULD_NOT_CHECK ->
          "It only warns: the check could not look, which is no proof of a fault.";
    };
  }

  /** The row of the error matrix, as a sentence. */
  private static String row(ErrorKind kind) {
    String afterwards =
        kind.rollsBack() ? "the update is rolled back by itself" : "the new state stays";
    return kind.title()
        + ": found before the swap it blocks, found after it "
        + afterwards
        + ". What you do: "
        + kind.userAction().toLowerCase(Locale.ROOT);
  }
}
