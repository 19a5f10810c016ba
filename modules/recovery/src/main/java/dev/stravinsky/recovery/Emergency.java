package dev.stravinsky.recovery;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Home;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.audit.TrailReport;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.VerificationReport;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Examines everything that a recovery depends on. One part that cannot be examined is a problem of
 * its own and hides no other.
 */
final class Emergency {
  private static final long MEGABYTE = 1024L * 1024;

  private final Services services;
  private final Scope scope;
  private final LockMode mode;
  private final Home home;
  private final List<Problem> problems = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private Optional<Backup> newestIntact = Optional.empty();

  Emergency(Services services, Scope scope, LockMode mode) {
    this.services = services;
    this.scope = scope;
    this.mode = mode;
    this.home = services.environment().home();
  }

  Diagnosis examine(boolean apply) throws IOException {
    part("the journal", () -> journal(apply));
    part("the backups", () -> backups(apply));
    part("the trail", () -> trail(apply));
    part("the disk", this::space);
    part("the modes", this::modes);
    List<Path> roots = new ArrayList<>();
    part("the targets", () -> services.targets().of(scope).forEach(t -> roots.add(t.root())));
    return new Diagnosis(problems, done, ManualSteps.of(home, newestIntact, roots));
  }

  private void journal(boolean apply) throws IOException {
    List<TransactionRecord> interrupted = services.transactions().interrupted();
    if (interrupted.isEmpty()) {
      return;
    }
    if (apply) {
      Resumption resumed = services.updater().resume(scope);
      resumed.waiting().forEach(each -> problems.add(each.why()));
      for (Recovered each : resumed.ended()) {
        done.add(
            (each.finished() ? "finished " : "undid ")
                + "the interrupted "
                + each.transaction().kind()
                + " "
                + each.transaction().id());
      }
      return;
    }
    for (TransactionRecord each : interrupted) {
      problems.add(
          Problem.of(
                  ErrorKind.PARTIAL_WRITE,
                  "the " + each.kind() + " " + each.id() + " was interrupted")
              .next("stravinsky recovery emergency --apply"));
      each.damage().ifPresent(problems::add);
    }
  }

  private void backups(boolean apply) throws IOException {
    try (Lease lock = services.transactions().lock(List.of(), mode)) {
      backupsLocked(apply);
    }
  }

  private void backupsLocked(boolean apply) throws IOException {
    List<Backup> backups = services.backups().list(scope);
    for (Backup backup : backups) {
      VerificationReport report =
          services.backups().verify(backup, new Depth.Stored(), Progress.NONE);
      if (report.intact()) {
        newestIntact = newestIntact.or(() -> Optional.of(backup));
      } else {
        problems.addAll(report.damage());
        if (apply) {
          Path where = services.backups().quarantine(backup, report);
          done.add("moved the damaged backup " + backup.id() + " to " + where);
        }
      }
    }
    List<Problem> unreadable = services.backups().unreadable(scope);
    problems.addAll(unreadable);
    if (backups.isEmpty() && unreadable.isEmpty()) {
      problems.add(
          Problem.of(ErrorKind.CORRUPTED_BACKUP, "there is no backup yet")
              .inFile(home.backups())
              .next("stravinsky backup create"));
    } else if (newestIntact.isEmpty()) {
      problems.add(
          Problem.of(ErrorKind.CORRUPTED_BACKUP, "no backup is intact")
              .inFile(home.backups())
              .leaving("nothing was deleted; intact archives of damaged backups can still be read")
              .next("follow the steps below"));
    }
  }

  private void trail(boolean apply) throws IOException {
    TrailReport report = services.audit().verify(Optional.empty());
    problems.addAll(report.problems());
    if (apply && report.intact()) {
      done.add("made the trail's index anew: " + services.audit().rebuildIndex() + " events");
    }
  }

  private void space() throws IOException {
    if (!Files.isDirectory(home.directory())) {
      return;
    }
    long free = Files.getFileStore(home.directory()).getUsableSpace();
    long threshold = services.settings().safety().diskSpaceThresholdMb() * MEGABYTE;
    if (free < threshold) {
      problems.add(
          Problem.of(
                  ErrorKind.DISK_FULL,
                  free / MEGABYTE
                      + " MB are free, less than the "
                      + threshold / MEGABYTE
                      + " wanted")
              .inFile(home.directory())
              .next("stravinsky backup cleanup --dry-run"));
    }
  }

  private void modes() throws IOException {
    for (Path each : List.of(home.directory(), home.backups(), home.audit(), home.journal())) {
      if (Files.isDirectory(each) && (FileModes.of(each) & 077) != 0) {
        problems.add(
            Problem.of(ErrorKind.PERMISSION_DENIED, "others can read what is in here")
                .inFile(each)
                .next("chmod 700 '" + each + "'"));
      }
      if (Files.isDirectory(each) && !Files.isWritable(each)) {
        problems.add(
            Problem.of(ErrorKind.PERMISSION_DENIED, "cannot be written")
                .inFile(each)
                .next("ls -ld '" + each + "'"));
      }
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
