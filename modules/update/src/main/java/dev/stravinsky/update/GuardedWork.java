package dev.stravinsky.update;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.update.GuardRequest;
import dev.stravinsky.api.update.GuardRequest.Ended;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What a guarded program did, and what is wrong with it. */
final class GuardedWork {
  private static final int SIGNALLED = 128;

  private final Services services;
  private final GuardRequest request;
  private final List<Target> targets;
  private final Backup before;
  private final Set<Path> leftAlone = new HashSet<>();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();
  private final Map<String, String> details = new TreeMap<>();
  private List<TextDifference> differences = List.of();
  private String guardId = "";

  /**
   * @param live as it was when {@code before} was made of it
   */
  GuardedWork(Services services, GuardRequest request, LiveState live, Backup before) {
    this.services = services;
    this.request = request;
    this.targets = live.views().stream().map(TargetView::target).toList();
    live.views().forEach(v -> v.special().forEach(each -> leftAlone.add(each.location())));
    this.before = before;
  }

  Backup before() {
    return before;
  }

  /** Why it must not stay; empty if it may. */
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }

  /** What it changed. */
  List<TextDifference> differences() {
    return differences;
  }

  /** For the trail. */
  Map<String, String> details() {
    return Map.copyOf(details);
  }

  /** The files that are other ones now. */
  List<Path> changedFiles() {
    List<Path> files = new ArrayList<>();
    for (TextDifference each : differences) {
      Difference difference = each.difference();
      targets.stream()
          .filter(t -> t.name().equals(difference.target()))
          .filter(t -> t.scope().level().equals(difference.level()))
          .forEach(t -> files.add(difference.path().resolveIn(t.root())));
    }
    return files;
  }

  /** Runs the program; empty if it could not be started. */
  Optional<Ended> run(String id) {
    guardId = id;
    try {
      Ended ended = request.program().run(LeftBehind.mark(id));
      details.put("exit_status", String.valueOf(ended.status()));
      if (!ended.well()) {
        problems.add(Problem.of(ErrorKind.UNKNOWN, "the command " + how(ended)));
      }
      return Optional.of(ended);
    } catch (IOException e) {
      problems.add(
          Problem.of(IoProblems.kind(e), "the command could not be started: " + e.getMessage()));
      return Optional.empty();
    }
  }

  private static String how(Ended ended) {
    String status =
        ended.status() > SIGNALLED
            ? "exit status " + ended.status() + ": signal " + (ended.status() - SIGNALLED)
            : "exit status " + ended.status();
    return switch (ended.cause()) {
      case ITSELF -> "failed (" + status + ")";
      case TIMED_OUT -> "took too long and was ended (" + status + ")";
      case INTERRUPTED -> "was interrupted (" + status + ")";
    };
  }

  /** Looks at what it left, and lets the checks judge it if it ended well. */
  void look(GuardChecks checks, Surroundings around) {
    List<Path> roots = targets.stream().map(Target::root).toList();
    List<String> running = LeftBehind.of(services.environment(), guardId, roots);
    running.forEach(
        each ->
            warnings.add(
                Problem.of(ErrorKind.UNKNOWN, "the command left this running: " + each)
                    .next("end it, if it is not meant to go on")));
    try {
      compare(checks, around);
    } catch (IOException e) {
      problems.add(IoProblems.of(e, services.environment().home().directory()));
    } catch (StravinskyException e) {
      problems.addAll(e.problems());
    }
    if (!problems.isEmpty()) {
      problems.addAll(warnings);
    }
  }

  private void compare(GuardChecks checks, Surroundings around) throws IOException {
    GuardedState now = GuardedState.read(targets);
    List<Difference> found = services.backups().compare(before, now.views());
    details.put("files", String.valueOf(found.size()));
    differences = services.backups().texts(before, now.views(), found, request.shown());
    for (Path file : now.strange()) {
      if (leftAlone.contains(file)) {
        continue; // It was there before.
      }
      problems.add(
          Problem.of(ErrorKind.UNKNOWN, "neither a file, a link nor a directory").inFile(file));
    }
    for (Path link : around.links().keySet()) {
      if (!Surroundings.of(targets).links().containsKey(link)) {
        problems.add(
            Problem.of(
                    ErrorKind.UNKNOWN, "was a link to where your files are, and is none any more")
                .inFile(link));
      }
    }
    if (!problems.isEmpty() || found.isEmpty()) {
      return;
    }
    CheckReport report = checks.after(now, before, found);
    List<Finding> blocking = new ArrayList<>(report.blocking());
    List<Finding> removals = Removals.of(before, found, targets);
    if (request.accepted().contains(Removals.ID)) {
      removals.forEach(finding -> warnings.add(finding.problem()));
    } else {
      blocking.addAll(removals);
    }
    problems.addAll(GuardChecks.blocking(blocking));
    details.putAll(StoppedBy.checks(blocking));
    report.results().stream()
        .flatMap(result -> result.findings().stream())
        .filter(finding -> finding.severity() == Severity.WARN)
        .map(Finding::problem)
        .forEach(warnings::add);
    GuardedState after = GuardedState.read(targets);
    if (!services.backups().compare(before, after.views()).equals(found)) {
      Problem late =
          Problem.of(ErrorKind.FILE_LOCKED, "files were changed after the command had ended");
      problems.addAll(Suspects.named(List.of(late), List.of(report)));
    }
  }
}
