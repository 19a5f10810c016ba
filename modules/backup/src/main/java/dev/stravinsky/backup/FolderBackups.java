package dev.stravinsky.backup;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.backup.BackupStore;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.backup.RetentionPlan;
import dev.stravinsky.api.backup.Salvage;
import dev.stravinsky.api.backup.TextDifference;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The store: each backup a folder, as {@code package-info} says. */
final class FolderBackups implements BackupStore {
  private final Services services;
  private final Environment environment;
  private final Folders folders;
  private final Catalogue catalogue;
  private final Witness witness;
  private final Missing missing;
  private final Verifier verifier;
  private final PendingBackups pending;
  private final Creation creation;

  FolderBackups(Services services) {
    this.services = services;
    this.environment = services.environment();
    this.folders = new Folders(environment);
    this.catalogue = new Catalogue(environment, folders);
    this.witness = new Witness(services);
    this.missing = new Missing(environment, folders, witness);
    this.verifier = new Verifier(services, folders, witness);
    this.pending = new PendingBackups(services, folders, catalogue, witness);
    this.creation = new Creation(services, folders, catalogue, witness, verifier, pending);
  }

  @Override
  public Prepared prepare(BackupRequest request, Progress progress) throws IOException {
    return creation.prepare(request, Optional.empty(), progress);
  }

  @Override
  public Backup createPending(String transactionId, BackupRequest request, Progress progress)
      throws IOException {
    try (Prepared prepared = creation.prepare(request, Optional.of(transactionId), progress)) {
      return prepared.publish();
    }
  }

  @Override
  public Optional<Backup> publish(String transactionId) throws IOException {
    return pending.publish(transactionId).map(backup -> backup);
  }

  @Override
  public void discardPending(String transactionId) throws IOException {
    pending.discard(transactionId);
  }

  @Override
  public void sweep(Set<String> openTransactions) throws IOException {
    creation.sweep();
    for (String each : folders.pendingTransactions()) {
      if (!openTransactions.contains(each)) {
        pending.discard(each);
      }
    }
  }

  @Override
  public Listing listing(Scope scope) throws IOException {
    Catalogue.Found found = catalogue.read(scope);
    return new Listing(List.copyOf(found.backups()), found.unreadable());
  }

  @Override
  public Optional<Backup> find(Scope scope, BackupId id) throws IOException {
    return catalogue.find(scope, id).map(backup -> backup);
  }

  @Override
  public Backup resolve(Scope scope, String versionOrId) throws IOException {
    return new Resolver(catalogue, verifier::isIntact).resolve(scope, versionOrId);
  }

  @Override
  public VerificationReport verify(Backup backup, Depth depth, Progress progress)
      throws IOException {
    return verifier.verify(backup, depth, progress);
  }

  @Override
  public VerificationReport verifyOnRecord(Backup backup, Depth depth, Progress progress)
      throws IOException {
    return verifier.verifyOnRecord(backup, depth, progress);
  }

  @Override
  public List<Problem> missing(Scope scope) throws IOException {
    return missing.problems(scope);
  }

  @Override
  public void noteMissing(Scope scope) throws IOException {
    for (Map.Entry<String, AuditEvent> each : missing.of(scope).entrySet()) {
      witness.gone(each.getKey(), each.getValue());
    }
  }

  @Override
  public boolean isVouchedFor(Backup backup) throws IOException {
    return verifier.isVouchedFor(backup);
  }

  @Override
  public Salvage salvage(Scope scope, String versionOrId) throws IOException {
    return new SalvageChoice(services, folders, witness).salvage(scope, versionOrId);
  }

  @Override
  public List<String> salvageable(Scope scope) throws IOException {
    return new SalvageChoice(services, folders, witness).ids(scope);
  }

  @Override
  public Optional<Path> keepPending(String transactionId) throws IOException {
    return pending.keep(transactionId);
  }

  @Override
  public Path quarantine(Backup backup, VerificationReport report) throws IOException {
    Path place = quarantine(backup.directory(), report.damage());
    witness.quarantined(folders.key(backup.directory()), backup.manifest(), place.toString());
    return place;
  }

  @Override
  public List<Path> quarantineUnreadable(Scope scope) throws IOException {
    List<Path> places = new ArrayList<>();
    for (Path folder : folders.backups(scope)) {
      try {
        catalogue.open(folder);
      } catch (RefusedException e) {
        continue; // Nothing says that it is damaged.
      } catch (DamagedException e) {
        Path place = quarantine(folder, e.problems());
        witness.quarantined(folders.key(folder), scope, place.toString());
        places.add(place);
      }
    }
    return places;
  }

  private Path quarantine(Path folder, List<Problem> damage) throws IOException {
    Path place = folders.quarantined(folders.key(folder), environment.ids().get());
    String name = place.getFileName().toString();
    Durable.createDirectories(place.getParent());
    String text = damage.stream().map(Problem::located).collect(Collectors.joining("\n"));
    String told =
        "Backup "
            + folder.getFileName()
            + ", found damaged "
            + environment.clock().instant()
            + ":\n";
    Path note = place.resolveSibling(name + ".txt");
    Durable.replace(note, FolderFiles.utf8(told + text + "\n"), FileWrites.PRIVATE_FILE);
    FileWrites.rename(folder, place);
    Durable.forceDirectory(place.getParent());
    Durable.forceDirectory(folder.getParent());
    return place;
  }

  @Override
  public List<Difference> compare(Backup before, Backup after) throws IOException {
    return Comparison.of(before, after);
  }

  @Override
  public List<Difference> compare(Backup before, List<TargetView> after) throws IOException {
    return Comparison.of(before, after);
  }

  @Override
  public List<TextDifference> texts(
      Backup before, Backup after, List<Difference> differences, UnaryOperator<String> shown)
      throws IOException {
    return new TextDifferences(differences, shown).between(before, after);
  }

  @Override
  public List<TextDifference> texts(
      Backup before,
      List<TargetView> after,
      List<Difference> differences,
      UnaryOperator<String> shown)
      throws IOException {
    return new TextDifferences(differences, shown).between(before, after);
  }

  @Override
  public List<TextDifference> texts(
      List<TargetView> before,
      List<TargetView> after,
      List<Difference> differences,
      UnaryOperator<String> shown)
      throws IOException {
    return new TextDifferences(differences, shown).between(before, after);
  }

  @Override
  public RetentionPlan planCleanup(Scope scope, OptionalInt keep) throws IOException {
    List<StoredBackup> own = catalogue.list(scope);
    List<StoredBackup> others = new ArrayList<>();
    for (Path folder : folders.allBackups()) {
      if (!folder.getParent().equals(folders.of(scope))) {
        try {
          others.add(catalogue.open(folder));
        } catch (DamagedException | RefusedException e) {
          continue; // What cannot be read has no size that could count.
        }
      }
    }
    Retention retention =
        new Retention(
            services.settings().backup(),
            environment.clock().instant(),
            services.installed().current(scope),
            verifier::isIntact);
    return retention.plan(own, others, keep);
  }

  @Override
  public void cleanUp(RetentionPlan plan) throws IOException {
    creation.sweep();
    for (RetentionPlan.Decision decision : plan.decisions()) {
      if (decision.delete() && mayStillGo(decision.backup())) {
        delete(decision.backup(), decision.reason());
      }
    }
  }

  /** The world may have changed since the plan was made. */
  private boolean mayStillGo(Backup backup) throws IOException {
    Scope scope = backup.manifest().scope();
    Version installed = services.installed().current(scope);
    List<StoredBackup> now = catalogue.list(scope);
    boolean there = now.stream().anyMatch(b -> b.directory().equals(backup.directory()));
    if (!there || backup.manifest().version().equals(installed)) {
      return false;
    }
    for (StoredBackup other : now) {
      if (!other.directory().equals(backup.directory()) && verifier.isIntact(other)) {
        return true;
      }
    }
    return false;
  }

  private void delete(Backup backup, String reason) throws IOException {
    Listeners.tell(services, listener -> listener.deleting(backup.manifest(), backup.directory()));
    String key = folders.key(backup.directory());
    // Gone by one rename: a crash leaves a whole backup or none.
    Path hidden = folders.deleting(backup.directory());
    FileWrites.rename(backup.directory(), hidden);
    Durable.forceDirectory(backup.directory().getParent());
    witness.deleted(key, backup.manifest(), reason);
    FileWrites.deleteTree(hidden);
  }
}
