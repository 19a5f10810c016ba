package dev.stravinsky.backup;

import dev.stravinsky.api.backup.BackupStore;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A new backup in the folder where it was made; or one that was there already. */
final class PreparedBackup implements BackupStore.Prepared {
  private final Publication publication;
  private Optional<Path> folder;

  /** Gives the folder the name by which it is found. */
  interface Publication {
    StoredBackup publish() throws IOException;
  }

  private PreparedBackup(Optional<Path> folder, Publication publication) {
    this.folder = folder;
    this.publication = publication;
  }

  /** One whose folder is removed unless it is published. */
  static PreparedBackup made(Path folder, Publication publication) {
    return new PreparedBackup(Optional.of(folder), publication);
  }

  static PreparedBackup existing(StoredBackup backup) {
    return new PreparedBackup(Optional.empty(), () -> backup);
  }

  @Override
  public StoredBackup publish() throws IOException {
    StoredBackup backup = publication.publish();
    folder = Optional.empty();
    return backup;
  }

  @Override
  public void close() throws IOException {
    if (folder.isPresent()) {
      FileWrites.deleteTree(folder.get());
    }
  }
}
