package dev.stravinsky.backup;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Backups that a transaction made of what it brings, seen by nobody until it is committed. */
final class PendingBackups {
  private final Services services;
  private final Environment environment;
  private final Folders folders;
  private final Catalogue catalogue;
  private final Witness witness;

  /** Of those that this command made; after a crash nobody knows. */
  private final Map<String, Effort> efforts = new ConcurrentHashMap<>();

  PendingBackups(Services services, Folders folders, Catalogue catalogue, Witness witness) {
    this.services = services;
    this.environment = services.environment();
    this.folders = folders;
    this.catalogue = catalogue;
    this.witness = witness;
  }

  /** The transaction's is there, forced and read back. */
  StoredBackup made(String transactionId, Effort effort) throws IOException {
    efforts.put(transactionId, effort);
    return StoredBackup.open(environment, folders.pending(transactionId));
  }

  /** Makes the transaction's pending backup visible, or finds it where that was done before. */
  Optional<StoredBackup> publish(String transactionId) throws IOException {
    Path folder = folders.pending(transactionId);
    if (!Presence.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return published(transactionId);
    }
    StoredBackup pending = StoredBackup.open(environment, folder);
    Path destination = folders.of(pending.manifest().scope(), pending.id());
    Durable.createDirectories(destination.getParent());
    // The event first: the commit is on the disk, so that what is claimed will be done, and only
    // now is it known that there is something to claim.
    witness.created(
        folders.key(destination),
        pending.manifest(),
        FolderFiles.sha256(pending.manifestFile(), n -> {}),
        transactionId,
        Optional.ofNullable(efforts.remove(transactionId)));
    FileWrites.rename(folder, destination);
    Durable.forceDirectory(destination.getParent());
    Durable.forceDirectory(folders.top());
    return Optional.of(Listeners.created(services, catalogue.open(destination)));
  }

  private Optional<StoredBackup> published(String transactionId) throws IOException {
    for (Path folder : folders.allBackups()) {
      try {
        StoredBackup backup = catalogue.open(folder);
        if (backup.head().transaction().filter(transactionId::equals).isPresent()) {
          return Optional.of(backup);
        }
      } catch (DamagedException | RefusedException e) {
        continue; // Not what is looked for; verifying tells of it.
      }
    }
    return Optional.empty();
  }

  /** Moves it to the quarantine, under the id that it would have got. */
  Optional<Path> keep(String transactionId) throws IOException {
    Path folder = folders.pending(transactionId);
    if (!Presence.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    String key = "pending";
    try {
      StoredBackup pending = StoredBackup.open(environment, folder);
      key = folders.key(folders.of(pending.manifest().scope(), pending.id()));
    } catch (DamagedException | RefusedException | NoSuchFileException e) {
      // It is kept all the same; only nobody can say what it is of.
    }
    Path place = folders.quarantined(key, transactionId);
    Durable.createDirectories(place.getParent());
    FileWrites.rename(folder, place);
    Durable.forceDirectory(place.getParent());
    Durable.forceDirectory(folders.top());
    return Optional.of(place);
  }

  void discard(String transactionId) throws IOException {
    FileWrites.deleteTree(folders.pending(transactionId));
    if (Presence.isDirectory(folders.top())) {
      Durable.forceDirectory(folders.top());
    }
  }
}
