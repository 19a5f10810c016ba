package dev.stravinsky.recovery;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A backup as far as one entry goes, which is unpacked and compared with its checksum already: no
 * other is looked for, however many there are. Closing removes what was unpacked.
 */
record OneEntry(Backup backup, BackupEntry only, Extraction unpacked)
    implements Backup, AutoCloseable {

  @Override
  public BackupManifest manifest() {
    return backup.manifest();
  }

  @Override
  public Path directory() {
    return backup.directory();
  }

  @Override
  public Stream<BackupEntry> entries() {
    return Stream.of(only);
  }

  @Override
  public Optional<BackupEntry> entry(String target, String level, EntryPath path)
      throws IOException {
    return backup.entry(target, level, path);
  }

  @Override
  public Extraction extract(Collection<BackupEntry> entries) throws IOException {
    return List.of(only).containsAll(entries) ? new Borrowed(unpacked) : backup.extract(entries);
  }

  /** What stays takes space until it is swept: a failure must not deny what was restored. */
  @Override
  public void close() {
    try {
      unpacked.close();
    } catch (IOException e) {
      // The result was decided before.
    }
  }

  /** Somebody else removes it. */
  private record Borrowed(Extraction unpacked) implements Extraction {
    @Override
    public Optional<Path> content(BackupEntry entry) {
      return unpacked.content(entry);
    }

    @Override
    public void close() {
      // Whoever unpacked it does.
    }
  }
}
