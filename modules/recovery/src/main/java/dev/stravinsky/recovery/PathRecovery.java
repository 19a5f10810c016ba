package dev.stravinsky.recovery;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.Salvage;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.recovery.Recovery.Options;
import dev.stravinsky.api.recovery.RecoveryResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings back a file or a directory that a person named by its path: finds a backup that has it.
 */
final class PathRecovery {
  private final Services services;
  private final Options options;
  private final Level level;

  PathRecovery(Services services, Options options, Level level) {
    this.services = services;
    this.options = options;
    this.level = level;
  }

  /** What was asked for; named as the command is typed. */
  enum Level {
    FILE("file"),
    DIRECTORY("directory");

    private final String word;

    Level(String word) {
      this.word = word;
    }

    /** What a person types to have it back. */
    String command(Path place) {
      return "stravinsky recovery " + word + " " + ManualSteps.word(place);
    }

    Selection of(Wanted wanted) {
      return this == FILE ? wanted.alone() : wanted.withAllBelow();
    }
  }

  RecoveryResult run(Path named, Optional<String> version) throws IOException {
    List<Path> places = places(named);
    if (options.partial() && version.isPresent()) {
      Salvage source = services.backups().salvage(options.scope(), version.get());
      Optional<Selection> wanted = wanted(source, places);
      if (wanted.isEmpty()) {
        throw notFound(places, version);
      }
      return new Restoring(services, options).from(source, wanted.get());
    }
    List<Problem> damaged = new ArrayList<>();
    for (Backup backup : candidates(places, version)) {
      Optional<RecoveryResult> done =
          level == Level.FILE ? file(backup, places, damaged) : directory(backup, places, damaged);
      if (done.isPresent()) {
        return done.get();
      }
    }
    if (options.partial()) {
      return partially(places);
    }
    if (!damaged.isEmpty()) {
      throw offeringPartial(new DamagedException(damaged), level.command(places.getFirst()));
    }
    throw notFound(places, version);
  }

  /**
   * Reads of the backup no more than its manifest and this entry's own part of the archive, each
   * against its checksum: what else is damaged there does not matter to it.
   */
  private Optional<RecoveryResult> file(Backup backup, List<Path> places, List<Problem> damaged)
      throws IOException {
    Optional<Wanted> wanted = named(backup, places);
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    Optional<BackupEntry> entry =
        backup.entry(wanted.get().target(), wanted.get().level(), wanted.get().path());
    if (entry.filter(e -> e.state() instanceof EntryState.Directory).isPresent()) {
      // A directory alone would be an empty one, or "nothing to do".
      throw directoryForFile(places.getFirst());
    }
    Optional<OneEntry> whole =
        entry.isPresent() ? unpack(backup, entry.get(), damaged) : Optional.empty();
    if (whole.isEmpty()) {
      return Optional.empty();
    }
    try (OneEntry source = whole.get()) {
      return Optional.of(new Restoring(services, options).from(source, Selection.ALL));
    }
  }

  /** Empty if the entry is damaged, or the manifest that says what it has to be. */
  private Optional<OneEntry> unpack(Backup backup, BackupEntry entry, List<Problem> damaged)
      throws IOException {
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

  private Optional<RecoveryResult> directory(
      Backup backup, List<Path> places, List<Problem> damaged) throws IOException {
    Optional<Selection> wanted = wanted(backup, places);
    if (wanted.isEmpty() || !wanted.get().isIn(backup)) {
      return Optional.empty();
    }
    var report = services.backups().verify(backup, new Depth.Stored(), options.progress());
    if (report.intact()) {
      return Optional.of(new Restoring(services, options).from(backup, wanted.get()));
    }
    damaged.addAll(report.damage());
    return Optional.empty();
  }

  /** From the newest damaged backup that still has any of it. */
  private RecoveryResult partially(List<Path> places) throws IOException {
    Set<String> ids = new LinkedHashSet<>();
    candidates(places, Optional.empty()).forEach(backup -> ids.add(backup.id().value()));
    ids.addAll(services.backups().salvageable(options.scope()));
    for (String id : ids) {
      Salvage source = services.backups().salvage(options.scope(), id);
      Optional<Selection> wanted = wanted(source.backup(), places);
      if (wanted.isPresent() && wanted.get().isIn(source.backup())) {
        return new Restoring(services, options).from(source, wanted.get());
      }
    }
    throw notFound(places, Optional.empty());
  }

  /** The selection, if the backup has or had anything of it. */
  private Optional<Selection> wanted(Salvage source, List<Path> places) throws IOException {
    Optional<Selection> wanted = wanted(source.backup(), places);
    boolean there =
        wanted.isPresent()
            && (wanted.get().isIn(source.backup())
                || source.lost().stream().anyMatch(wanted.get()::has));
    return there ? wanted : Optional.empty();
  }

  private Optional<Selection> wanted(Backup backup, List<Path> places) {
    return named(backup, places).map(level::of);
  }

  private static Optional<Wanted> named(Backup backup, List<Path> places) {
    return places.stream().flatMap(p -> Wanted.in(backup, p).stream()).findFirst();
  }

  private List<Backup> candidates(List<Path> places, Optional<String> version) throws IOException {
    if (version.isPresent()) {
      try {
        return List.of(services.backups().resolve(options.scope(), version.get()));
      } catch (DamagedException e) {
        throw offeringPartial(e, level.command(places.getFirst()) + " " + version.get());
      }
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

  /** Its real place, whose last parts need not exist any more; and as it was typed. */
  private List<Path> places(Path named) throws IOException {
    Path absolute = services.environment().workingDirectory().resolve(named).normalize();
    Path existing = absolute.getParent();
    while (existing != null && !Presence.isDirectory(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      return List.of(absolute);
    }
    Path real = existing.toRealPath().resolve(existing.relativize(absolute));
    return real.equals(absolute) ? List.of(real) : List.of(real, absolute);
  }

  private StravinskyException notFound(List<Path> places, Optional<String> version)
      throws IOException {
    return new NotThere(services, options.scope(), level).because(places, version, this::wanted);
  }

  /** The same damage, with the command that takes what is intact. */
  static DamagedException offeringPartial(DamagedException damage, String command) {
    List<Problem> problems = new ArrayList<>(damage.problems());
    problems.add(
        Problem.of(ErrorKind.CORRUPTED_BACKUP, "what is intact of it can be had all the same")
            .leaving("nothing was changed")
            .next(command + " --partial"));
    return new DamagedException(problems);
  }

  static UsageException directoryForFile(Path place) {
    return new UsageException(
        Problem.of(ErrorKind.UNKNOWN, "is a directory")
            .inFile(place)
            .leaving("nothing was changed")
            .next(Level.DIRECTORY.command(place)));
  }
}
