package dev.stravinsky.api.backup;

import dev.stravinsky.api.EntryPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** A backup that is there; reading it changes nothing. */
public interface Backup {

  BackupManifest manifest();

  /** The backup's folder. */
  Path directory();

  /** Every entry in the manifest's order, read as a stream; to be closed. */
  Stream<BackupEntry> entries() throws IOException;

  /** The entry of a path, if the backup has it. */
  Optional<BackupEntry> entry(String target, String level, EntryPath path) throws IOException;

  /**
   * Unpacks the content of regular files (and of the files that links led to outside of the
   * targets) by seeking, each compared with its checksum, into a new folder of the staging area.
   *
   * @throws dev.stravinsky.api.error.DamagedException naming every entry that is damaged; nothing
   *     is left in staging
   */
  Extraction extract(Collection<BackupEntry> entries) throws IOException;

  default BackupId id() {
    return manifest().id();
  }

  /** Unpacked content in staging; closing removes it. */
  interface Extraction extends AutoCloseable {
    /** Where the content of an entry can be read, if it has content. */
    Optional<Path> content(BackupEntry entry);

    /**
     * Forces the content to the disk: from then on each file may be moved to where it belongs,
     * instead of being written there once more. False, and nothing done, where that cannot be had
     * for all of them at once.
     */
    default boolean force() throws IOException {
      return false;
    }

    @Override
    void close() throws IOException;
  }
}
