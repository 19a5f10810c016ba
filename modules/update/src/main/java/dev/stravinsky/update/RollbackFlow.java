package dev.stravinsky.update;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.update.Restoration;
import dev.stravinsky.api.update.RestoreRequest;
import dev.stravinsky.api.update.RestoreRequest.Extent;
import dev.stravinsky.api.update.RestoreRequest.Purpose;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.api.update.RollbackResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the backup to go to, and restores it as a change of version. */
final class RollbackFlow {
  private final Services services;
  private final RollbackRequest request;
  private final Progress progress;

  RollbackFlow(Services services, RollbackRequest request, Progress progress) {
    this.services = services;
    this.request = request;
    this.progress = progress;
  }

  RollbackResult undo() throws IOException {
    return locked(this::undoLocked);
  }

  RollbackResult to(String versionOrId) throws IOException {
    return locked(
        () -> restore(services.backups().resolve(request.scope(), versionOrId), Purpose.ROLLBACK));
  }

  /** From the choice of the backup on, so that nobody deletes it in between. */
  private RollbackResult locked(Step step) throws IOException {
    LockMode mode = request.dryRun() ? LockMode.SHARED : LockMode.EXCLUSIVE;
    try (Lease lock = services.transactions().lock(List.of(), mode)) {
      if (!request.dryRun()) {
        new Interrupted(services).finish(request.scope());
      }
      return step.run();
    }
  }

  @FunctionalInterface
  private interface Step {
    RollbackResult run() throws IOException;
  }

  private RollbackResult undoLocked() throws IOException {
    List<VersionChange> history = services.installed().history(request.scope());
    if (history.isEmpty()) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "there is no change to undo")
              .leaving("nothing was changed")
              .next("stravinsky rollback list"));
    }
    // Resolved by its id: verified, and if it is damaged the next older intact one is offered.
    Backup source =
        services.backups().resolve(request.scope(), history.getFirst().before().exactly());
    return restore(source, Purpose.UNDO);
  }

  private RollbackResult restore(Backup source, Purpose purpose) throws IOException {
    Version from = services.installed().current(request.scope());
    Extent extent = request.exact() ? Extent.EXACT : Extent.RELEASED;
    RestoreRequest restore =
        new RestoreRequest(
            request.scope(), source, entry -> true, extent, purpose, request.dryRun());
    try {
      return result(services.restorer().restore(restore, progress));
    } catch (IOException e) {
      Problem problem =
          IoProblems.of(e, services.environment().home().directory())
              .leaving("your files are as they were")
              .next("stravinsky recovery emergency");
      return new RollbackResult.Failed(from, source.manifest().version(), List.of(problem));
    }
  }

  private RollbackResult result(Restoration done) {
    if (request.dryRun()) {
      return new RollbackResult.Planned(done.from(), done.to(), done.restored(), done.changes());
    }
    if (done.saved().isEmpty()) {
      return new RollbackResult.AlreadyThere(done.to());
    }
    return new RollbackResult.Done(
        done.from(),
        done.to(),
        done.restored(),
        done.saved().get(),
        done.changes(),
        Stream.concat(done.kept().stream().map(RollbackFlow::kept), done.unfinished().stream())
            .toList(),
        done.took());
  }

  private static Problem kept(Path file) {
    return Problem.of(
            ErrorKind.UNKNOWN, "kept as it is: a file of your own stands where the backup has one")
        .inFile(file)
        .next("stravinsky recovery file " + ShellWord.of(file));
  }
}
