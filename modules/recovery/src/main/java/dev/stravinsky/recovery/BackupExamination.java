package dev.stravinsky.recovery;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.BackupStore.Listing;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which of a scope's backups can be relied on, and what can be had from the others. */
final class BackupExamination {
  private final Services services;
  private final Scope scope;
  private final Home home;
  private final List<Problem> problems;
  private final List<String> done;
  private final List<String> damaged = new ArrayList<>();
  private Optional<Backup> newestIntact = Optional.empty();

  BackupExamination(Services services, Scope scope, List<Problem> problems, List<String> done) {
    this.services = services;
    this.scope = scope;
    this.home = services.environment().home();
    this.problems = problems;
    this.done = done;
  }

  Optional<Backup> newestIntact() {
    return newestIntact;
  }

  /** The caller holds the lock. */
  void examine(boolean apply) throws IOException {
    Listing found = services.backups().listing(scope);
    for (Backup backup : found.backups()) {
      VerificationReport report =
          services.backups().verify(backup, new Depth.Stored(), Progress.NONE);
      if (report.intact()) {
        newestIntact = newestIntact.or(() -> Optional.of(backup));
      } else {
        problems.addAll(report.damage());
        damaged.add(backup.id().value());
        if (apply) {
          Path where = services.backups().quarantine(backup, report);
          done.add("moved the damaged backup " + backup.id() + " to " + where);
        }
      }
    }
    problems.addAll(found.unreadable());
    found.unreadable().forEach(this::nameUnreadable);
    if (newestIntact.isEmpty()) {
      // What was moved out of the way once is of interest only while there is nothing better.
      services.backups().salvageable(scope).stream()
          .filter(id -> !damaged.contains(id))
          .forEach(damaged::add);
    }
    tellWhatIsLeft(found.unreadable().isEmpty());
    if (apply) {
      for (Path where : services.backups().quarantineUnreadable(scope)) {
        done.add("moved a damaged backup to " + where);
      }
    }
  }

  private void nameUnreadable(Problem problem) {
    if (problem.kind() == ErrorKind.CORRUPTED_BACKUP) {
      problem
          .file()
          .map(manifest -> manifest.getParent().getFileName().toString())
          .filter(id -> !damaged.contains(id))
          .ifPresent(damaged::add);
    }
  }

  private void tellWhatIsLeft(boolean allReadable) {
    if (newestIntact.isEmpty() && damaged.isEmpty() && allReadable) {
      problems.add(
          Problem.of(ErrorKind.CORRUPTED_BACKUP, "there is no backup yet")
              .inFile(home.backups())
              .next("stravinsky backup create"));
    } else if (newestIntact.isEmpty()) {
      problems.add(
          Problem.of(ErrorKind.CORRUPTED_BACKUP, "no backup is intact")
              .inFile(home.backups())
              .leaving("nothing was deleted; what is intact in damaged backups can still be had")
              .next("follow the steps below"));
    }
    for (String id : damaged) {
      String instead = newestIntact.map(b -> "; the newest intact backup is " + b.id()).orElse("");
      problems.add(
          Problem.of(
                  ErrorKind.CORRUPTED_BACKUP,
                  "the backup " + id + " is damaged; what is intact in it can be had" + instead)
              .next("stravinsky recovery version " + id + " --partial --dry-run" + option()));
    }
  }

  private String option() {
    return scope instanceof Scope.Project ? " --scope project" : "";
  }
}
