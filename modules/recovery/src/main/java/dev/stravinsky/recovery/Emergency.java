package dev.stravinsky.recovery;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.audit.TrailReport;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.recovery.Diagnosis;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.api.update.Resumption;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Examines everything that a recovery depends on. One part that cannot be examined is a problem of
 * its own and hides no other.
 */
final class Emergency {
  private final Services services;
  private final Scope scope;
  private final LockMode mode;
  private final Home home;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final List<Target> targets = new ArrayList<>();
  private final BackupExamination backups;

  Emergency(Services services, Scope scope, LockMode mode) {
    this.services = services;
    this.scope = scope;
    this.mode = mode;
    this.home = services.environment().home();
    this.backups = new BackupExamination(services, scope, problems, done);
  }

  Diagnosis examine(boolean apply) throws IOException {
    PlaceExamination places = new PlaceExamination(services, targets, problems, done);
    part("the targets", () -> targets.addAll(services.targets().backedUpWith(scope)));
    part("the modes", () -> places.modes(apply));
    part("the journal", () -> journal(apply));
    part("the backups", () -> backups(apply));
    part("the trail", () -> trail(apply));
    part("the disk", places::space);
    ManualSteps steps = new ManualSteps(home, targets);
    // A damaged configuration shows in every part that asks for a setting.
    List<Problem> each = problems.stream().distinct().toList();
    return new Diagnosis(each, done, steps.after(backups.newestIntact()));
  }

  private void journal(boolean apply) throws IOException {
    List<TransactionRecord> interrupted = services.transactions().interrupted();
    for (TransactionRecord each : interrupted) {
      each.damage()
          .map(p -> p.next("stravinsky recovery emergency --abandon " + each.id()))
          .ifPresent(problems::add);
      if (!apply) {
        problems.add(
            Problem.of(
                    ErrorKind.PARTIAL_WRITE,
                    "the " + each.kind() + " " + each.id() + " was interrupted")
                .next("stravinsky recovery emergency --apply"));
      }
    }
    if (apply && !interrupted.isEmpty()) {
      end(interrupted.stream().anyMatch(each -> each.damage().isPresent()));
    }
  }

  private void end(boolean anyDamaged) throws IOException {
    Resumption resumed;
    try {
      resumed = services.updater().resume(scope);
    } catch (DamagedException e) {
      if (anyDamaged) {
        return; // Told already, with the command that closes it.
      }
      throw e;
    }
    resumed.waiting().forEach(each -> problems.add(each.why()));
    for (Recovered each : resumed.ended()) {
      done.add(
          (each.finished() ? "finished " : "undid ")
              + "the interrupted "
              + each.transaction().kind()
              + " "
              + each.transaction().id());
    }
  }

  private void backups(boolean apply) throws IOException {
    try (Lease lock = services.transactions().lock(List.of(), mode)) {
      backups.examine(apply);
    }
  }

  private void trail(boolean apply) throws IOException {
    TrailReport report = services.audit().verify(Optional.empty());
    problems.addAll(report.problems());
    if (apply && report.intact()) {
      done.add("made the trail's index anew: " + services.audit().rebuildIndex() + " events");
    }
  }

  private void part(String name, Examination examination) {
    try {
      examination.run();
    } catch (IOException e) {
      Problem problem = IoProblems.of(e, home.directory());
      problems.add(
          new Problem(
              problem.kind(),
              name + " cannot be examined: " + problem.message(),
              problem.file(),
              problem.line(),
              Optional.of("nothing was changed"),
              problem.nextCommand()));
    } catch (StravinskyException e) {
      problems.addAll(e.problems());
    }
  }

  @FunctionalInterface
  private interface Examination {
    void run() throws IOException;
  }
}
