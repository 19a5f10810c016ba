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

  /**
   * A new one.
   *
   * @param folder removed unless it is published
   */
  PreparedBackup(Path folder, Publication publication) {
    this.folder = Optional.of(folder);
    this.publication = publication;
  }

  private PreparedBackup(StoredBackup existing) {
    this.folder = Optional.empty();
    this.publication = () -> existing;
  }

  static PreparedBackup existing(StoredBackup backup) {
    return new PreparedBackup(backup);
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
