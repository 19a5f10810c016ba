package dev.stravinsky.spi;

import dev.stravinsky.api.backup.BackupManifest;
import java.nio.file.Path;

/** Is told of backups, for example to copy them elsewhere; its failures change nothing. */
public interface BackupListener {
  String id();

  /** After a backup was verified and published in {@code directory}, which it only reads. */
  void created(BackupManifest manifest, Path directory) throws Exception;

  /** Before a backup is deleted by retention. */
  default void deleting(BackupManifest manifest, Path directory) throws Exception {}
}
