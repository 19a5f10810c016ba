package dev.stravinsky.recovery;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.api.recovery.Diagnosis;
import dev.stravinsky.api.recovery.Recovery;
import dev.stravinsky.api.recovery.RecoveryResult;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.update.Restoration;
import dev.stravinsky.api.update.RestoreRequest;
import dev.stravinsky.api.update.RestoreRequest.Extent;
import dev.stravinsky.api.update.RestoreRequest.Purpose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the backup that has what is wanted; the restoring itself is the restorer's. */
final class ThreeLevelRecovery implements Recovery {
  private final Services services;

  ThreeLevelRecovery(Services services) {
    this.services = services;
  }

  @Override
  public RecoveryResult file(Path file, Optional<String> version, Options options)
      throws IOException {
    try (Lease lock = lock(options)) {
      return fileLocked(live(file), version, options);
    }
  }

  @Override
  public RecoveryResult directory(Path directory, Optional<String> version, Options options)
      throws IOException {
    try (Lease lock = lock(options)) {
      return directoryLocked(live(directory), version, options);
    }
  }

  @Override
  public RecoveryResult version(String version, Options options) throws IOException {
    try (Lease lock = lock(options)) {
      return restore(services.backups().resolve(options.scope(), version), entry -> true, options);
    }
  }

  @Override
  public Diagnosis emergency(Scope scope, boolean apply) throws IOException {
    LockMode mode = apply ? LockMode.EXCLUSIVE : LockMode.SHARED;
    return new Emergency(services, scope, mode).examine(apply);
  }

  @Override
  public List<Path> abandon(String transactionId) throws IOException {
    TransactionRecord wanted = interrupted(transactionId);
    try (Lease lock =
        services.transactions().lock(services.targets().of(wanted.scope()), LockMode.EXCLUSIVE)) {
      return services.transactions().abandon(wanted);
    }
  }

  private TransactionRecord interrupted(String id) throws IOException {
    try {
      return services.transactions().interrupted().stream()
          .filter(each -> each.id().equals(id))
          .findFirst()
          .orElseThrow(() -> noSuchTransaction(id));
    } catch (DamagedException e) {
      // A journal that cannot be read is what abandoning is for; its name is all that is needed.
      return new TransactionRecord(
          id,
          Scope.USER,
          "unknown",
          TransactionRecord.State.PREPARED,
          services.environment().clock().instant(),
          List.of(),
          List.of(),
          Map.of(),
          true,
          Optional.of(e.problems().getFirst()));
    }
  }

  private static NotFoundException noSuchTransaction(String id) {
    return new NotFoundException(
        Problem.of(ErrorKind.UNKNOWN, "no interrupted transaction is called " + id)
            .leaving("nothing was changed")
            .next("stravinsky status"));
  }

  /** From the choice of the backup on, so that nobody deletes it in between. */
  private Lease lock(Options options) throws IOException {
    return services
        .transactions()
        .lock(List.of(), options.dryRun() ? LockMode.SHARED : LockMode.EXCLUSIVE);
  }

  /**
   * Reads of each backup no more than its manifest and this entry's own part of the archive, each
   * against its checksum: what else is damaged there does not matter to it.
   */
  private RecoveryResult fileLocked(Path live, Optional<String> version, Options options)
      throws IOException {
    List<Problem> damaged = new ArrayList<>();
    for (Backup backup : candidates(version, options)) {
      Optional<BackupEntry> entry = entry(backup, live);
      if (entry.isPresent()) {
        Optional<OneEntry> whole = unpack(backup, entry.get(), options, damaged);
        if (whole.isPresent()) {
          try (OneEntry source = whole.get()) {
            return restore(source, e -> true, options);
          }
        }
      }
    }
    throw noneToRestore(live, version, damaged);
  }

  private static Optional<BackupEntry> entry(Backup backup, Path live) throws IOException {
    Optional<Wanted> wanted = Wanted.in(backup, live);
    return wanted.isEmpty()
        ? Optional.empty()
        : backup.entry(wanted.get().target(), wanted.get().level(), wanted.get().path());
  }

  /** Empty if the entry is damaged, or the manifest that says what it has to be. */
  private Optional<OneEntry> unpack(
      Backup backup, BackupEntry entry, Options options, List<Problem> damaged) throws IOException {
    var report = services.backups().verify(backup, new Depth.Manifest(), options.progress());
    damaged.addAll(report.damage());
    try {
      return report.intact()
          ? Optional.of(new OneEntry(backup, entry, backup.extract(List.of(entry))))
          : Optional.empty();
    } catch (DamagedException e) {
      damaged.addAll(e.problems());
      return Optional.empty();
    }
  }

  private RecoveryResult directoryLocked(Path live, Optional<String> version, Options options)
      throws IOException {
    List<Problem> damaged = new ArrayList<>();
    for (Backup backup : candidates(version, options)) {
      Optional<Predicate<BackupEntry>> wanted = Wanted.in(backup, live).map(Wanted::withAllBelow);
      if (wanted.isPresent() && has(backup, wanted.get())) {
        var report = services.backups().verify(backup, new Depth.Stored(), options.progress());
        if (report.intact()) {
          return restore(backup, wanted.get(), options);
        }
        damaged.addAll(report.damage());
      }
    }
    throw noneToRestore(live, version, damaged);
  }

  private static StravinskyException noneToRestore(
      Path live, Optional<String> version, List<Problem> damaged) {
    return damaged.isEmpty() ? notFound(live, version) : new DamagedException(damaged);
  }

  private List<Backup> candidates(Optional<String> version, Options options) throws IOException {
    if (version.isPresent()) {
      return List.of(services.backups().resolve(options.scope(), version.get()));
    }
    // After a rollback the newest backup is of the version that was left: a file of it beside the
    // files of the version in force would be a mixture that nobody tested.
    Version current = services.installed().current(options.scope());
    List<Backup> candidates = new ArrayList<>(services.backups().list(options.scope()));
    // What a recovery replaced is just what was not wanted: to type it again must not bring it
    // back.
    candidates.sort(
        Comparator.comparing((Backup backup) -> backup.manifest().reason().isSafeguard())
            .thenComparing(backup -> !backup.manifest().version().equals(current)));
    return candidates;
  }

  private static boolean has(Backup backup, Predicate<BackupEntry> wanted) throws IOException {
    try (Stream<BackupEntry> entries = backup.entries()) {
      return entries.anyMatch(wanted);
    }
  }

  private RecoveryResult restore(Backup source, Predicate<BackupEntry> wanted, Options options)
      throws IOException {
    Restoration done =
        services
            .restorer()
            .restore(
                new RestoreRequest(
                    options.scope(),
                    source,
                    wanted,
                    Extent.SELECTED,
                    Purpose.RECOVERY,
                    options.dryRun()),
                options.progress());
    return new RecoveryResult(
        source.id(),
        source.manifest().version(),
        done.changes().stream().map(c -> c.path().resolveIn(c.target().root())).toList(),
        done.saved(),
        done.unfinished(),
        options.dryRun(),
        done.took());
  }

  /** The real place of a path whose last parts need not exist any more. */
  private Path live(Path named) throws IOException {
    Path absolute = services.environment().workingDirectory().resolve(named).normalize();
    Path existing = absolute.getParent();
    while (existing != null && !Files.isDirectory(existing)) {
      existing = existing.getParent();
    }
    return existing == null
        ? absolute
        : existing.toRealPath().resolve(existing.relativize(absolute));
  }

  private static NotFoundException notFound(Path live, Optional<String> version) {
    String where =
        version.map(v -> "the backup of " + v + " does not have").orElse("no backup has");
    return new NotFoundException(
        Problem.of(ErrorKind.UNKNOWN, where + " this file")
            .inFile(live)
            .leaving("nothing was changed")
            .next("stravinsky backup list"));
  }
}
