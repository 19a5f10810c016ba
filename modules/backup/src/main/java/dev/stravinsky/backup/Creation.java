package dev.stravinsky.backup;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** Makes backups: built aside, forced, read back, published by a rename. */
final class Creation {
  private static final int ATTEMPTS = 3;

  private final Services services;
  private final Environment environment;
  private final Folders folders;
  private final Catalogue catalogue;
  private final Witness witness;
  private final Verifier verifier;
  private final PendingBackups pending;

  Creation(
      Services services,
      Folders folders,
      Catalogue catalogue,
      Witness witness,
      Verifier verifier,
      PendingBackups pending) {
    this.services = services;
    this.environment = services.environment();
    this.folders = folders;
    this.catalogue = catalogue;
    this.witness = witness;
    this.verifier = verifier;
    this.pending = pending;
  }

  /**
   * Makes a backup, or finds the one that has the same content already. That of a transaction stays
   * hidden also when it is published.
   */
  PreparedBackup prepare(BackupRequest request, Optional<String> transaction, Progress progress)
      throws IOException {
    Durable.createDirectories(folders.top());
    sweep();
    boolean copying = true;
    for (int attempt = 1; ; attempt++) {
      try (Parallel parallel = Parallel.on(folders.top())) {
        return make(request, transaction, copying, parallel, progress);
      } catch (SteadyFile.RestlessFileException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      } catch (KnownMembers.DamagedSourceException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        copying = false; // Verifying the other backup tells of it; this one gets by without.
      }
    }
  }

  private PreparedBackup make(
      BackupRequest request,
      Optional<String> transaction,
      boolean copying,
      Parallel parallel,
      Progress progress)
      throws IOException {
    Instant started = environment.clock().instant();
    FileStat.Reader stats = new FileStat.Reader();
    SortedMap<String, List<Item>> items = Scan.of(request.views(), stats, parallel);
    List<StoredBackup> existing = catalogue.list(request.scope());
    Optional<SameContent> same = same(request, items, existing);
    Path folder = transaction.map(folders::pending).orElseGet(folders::building);
    FileWrites.deleteTree(folder); // A half-made one of an earlier attempt, which reserves an id.
    BackupId id = catalogue.freeId(request, remembered(request.scope()));
    Path destination = folders.of(request.scope(), id);
    KnownMembers known = copying ? known(existing) : new KnownMembers();
    BackupBuilder.Plan plan =
        new BackupBuilder.Plan(request, id, destination, transaction, items, known, same);
    try {
      BackupBuilder builder =
          new BackupBuilder(services, witness.head(), folder, parallel, progress);
      Optional<BackupBuilder.Built> built = builder.build(plan, stats);
      if (built.isEmpty()) {
        FileWrites.deleteTree(folder);
        if (verifier.isIntact(same.orElseThrow().backup())) {
          return PreparedBackup.existing(same.get().backup());
        }
        // What was packed just now is gone with its folder, and with it what could be copied of it.
        KnownMembers again = copying ? known(existing) : new KnownMembers();
        built = builder.build(plan.withoutComparison(again), stats);
      }
      Instant packed = environment.clock().instant();
      readBack(folder, built.orElseThrow(), parallel, progress);
      Effort effort = Effort.until(environment.clock().instant(), started, packed);
      Durable.forceDirectory(folder.getParent());
      BackupBuilder.Built whole = built.get();
      return PreparedBackup.made(
          folder,
          () ->
              transaction.isPresent()
                  ? pending.made(transaction.get(), effort)
                  : publish(folder, destination, whole, effort));
    } catch (IOException | RuntimeException e) {
      remove(folder, e);
      throw e;
    }
  }

  /** The version's newest backup, if it looks as if it had the same content. */
  private Optional<SameContent> same(
      BackupRequest request, SortedMap<String, List<Item>> items, List<StoredBackup> existing)
      throws IOException {
    if (request.reason().isSafeguard()) {
      return Optional.empty();
    }
    Optional<StoredBackup> newest =
        existing.stream()
            .filter(b -> b.manifest().version().equals(request.version()))
            .filter(b -> !b.manifest().reason().isSafeguard())
            .findFirst();
    try {
      return newest.isPresent()
          ? SameContent.of(newest.get(), request, items.values())
          : Optional.empty();
    } catch (DamagedException e) {
      return Optional.empty(); // A new one is made; verifying the old one will tell.
    }
  }

  /** Members of the newest backup, which most files will not have changed since. */
  private KnownMembers known(List<StoredBackup> newestFirst) throws IOException {
    KnownMembers known = new KnownMembers();
    int level = services.settings().backup().compressionLevel();
    if (!newestFirst.isEmpty()) {
      StoredBackup newest = newestFirst.getFirst();
      try {
        for (Map.Entry<String, List<Member>> archive : newest.reusableMembers(level).entrySet()) {
          Path path = newest.directory().resolve(archive.getKey());
          if (Presence.isRegularFile(path)) {
            archive.getValue().forEach(member -> known.add(path, member));
          }
        }
      } catch (DamagedException e) {
        return new KnownMembers(); // All is packed anew then.
      }
    }
    return known;
  }

  private void readBack(
      Path folder, BackupBuilder.Built built, Parallel parallel, Progress progress)
      throws IOException {
    if (!services.settings().backup().verifyOnCreation()) {
      return;
    }
    Verification verification = new Verification(folder, built.manifest().id(), parallel, progress);
    VerificationReport report =
        verification.run(
            Optional.of(built.manifestSum().hex()),
            Optional.of(archive -> built.archives().get(archive).fresh()::get));
    if (!report.intact()) {
      throw new DamagedException(
          report.damage().stream()
              .map(p -> p.leaving("the new backup was thrown away, nothing else was changed"))
              .toList());
    }
  }

  private StoredBackup publish(
      Path folder, Path destination, BackupBuilder.Built built, Effort effort) throws IOException {
    Durable.createDirectories(destination.getParent());
    FileWrites.rename(folder, destination);
    try {
      Durable.forceDirectory(destination.getParent());
      witness.created(
          folders.key(destination),
          built.manifest(),
          built.manifestSum(),
          environment.ids().get(),
          Optional.of(effort));
    } catch (IOException | RuntimeException e) {
      remove(destination, e);
      throw e;
    }
    return Listeners.created(services, catalogue.open(destination));
  }

  /** Removes what a crash left; the caller holds the lock, so nobody is at work there. */
  void sweep() throws IOException {
    for (Path left : folders.leftovers()) {
      tellDeletion(left);
      FileWrites.deleteTree(left);
    }
  }

  /** A deletion that was cut off before the trail heard of it. */
  private void tellDeletion(Path left) throws IOException {
    String id = StoredBackup.idOf(left);
    if (!id.isEmpty() && left.getFileName().toString().startsWith(Folders.deletingName(id))) {
      BackupManifest manifest = ManifestReader.head(left.resolve(ManifestWriter.NAME)).manifest();
      Path place = folders.of(manifest.scope(), manifest.id());
      boolean told = !witness.present().containsKey(folders.key(place));
      if (!told && !Presence.exists(place)) {
        witness.deleted(folders.key(place), manifest, "a deletion that was cut off is done now");
      }
    }
  }

  /** Ids in the history are not used again, even if their backups are deleted. */
  private Set<BackupId> remembered(Scope scope) throws IOException {
    Set<BackupId> ids = new HashSet<>();
    for (VersionChange change : services.installed().history(scope)) {
      ids.add(change.before());
      ids.add(change.installed());
    }
    return ids;
  }

  private static void remove(Path folder, Exception failure) {
    try {
      FileWrites.deleteTree(folder);
    } catch (IOException second) {
      failure.addSuppressed(second);
    }
  }
}
