package dev.stravinsky.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.files.ScratchFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A backup in a folder, read by rows and members, wherever those are known from. */
abstract class FolderBackup implements Backup {
  /** So many entries are looked for one by one; for more all are read once. */
  private static final int FEW = 4;

  private final Environment environment;
  private final Path directory;

  FolderBackup(Environment environment, Path directory) {
    this.environment = environment;
    this.directory = directory;
  }

  /** The entries in the archives' order; to be closed. */
  abstract Stream<Row> rows() throws IOException;

  /** The members of each archive. */
  abstract Map<String, List<Member>> members() throws IOException;

  /** One of them, if there are so many. */
  Optional<Member> member(String archive, int index) throws IOException {
    return in(members()).member(archive, index);
  }

  private static Unpacking.Members in(Map<String, List<Member>> members) {
    return (archive, index) ->
        Optional.ofNullable(members.get(archive))
            .filter(list -> index < list.size())
            .map(list -> list.get(index));
  }

  /** The row of a place, if it can be found without reading them all. */
  Optional<Row> find(Item.Place place) throws IOException {
    return Optional.empty();
  }

  final Path manifestFile() {
    return directory.resolve(ManifestWriter.NAME);
  }

  @Override
  public final Path directory() {
    return directory;
  }

  @Override
  public final Stream<BackupEntry> entries() throws IOException {
    return rows().map(Row::entry);
  }

  @Override
  public final Optional<BackupEntry> entry(String target, String level, EntryPath path)
      throws IOException {
    Optional<Row> found = find(new Item.Place(target, level, path, false));
    if (found.isPresent()) {
      return found.map(Row::entry);
    }
    try (Stream<BackupEntry> entries = entries()) {
      return entries
          .filter(e -> e.target().equals(target) && e.level().equals(level))
          .filter(e -> e.path().equals(path))
          .findFirst();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public final Extraction extract(Collection<BackupEntry> entries) throws IOException {
    List<Unpacking.Wanted> wanted = wanted(entries);
    Unpacking.Members members = wanted.size() <= FEW ? this::member : in(members());
    ScratchFolder folder =
        ScratchFolder.create(
            environment.platform(),
            environment.home().staging(),
            () -> "restore-" + environment.ids().get());
    try (Parallel parallel = Parallel.on(folder.directory())) {
      return Unpacking.unpack(environment.platform(), directory, folder, wanted, members, parallel);
    }
  }

  /** Finds what stands in the archives for the content of each entry that has content. */
  private List<Unpacking.Wanted> wanted(Collection<BackupEntry> entries) throws IOException {
    // Each under itself: what is kept is the caller's, not a second one as it was read again.
    Map<BackupEntry, BackupEntry> missing = new HashMap<>();
    for (BackupEntry entry : entries) {
      if (entry.state() instanceof EntryState.Regular || entry.linked().isPresent()) {
        missing.put(entry, entry);
      }
    }
    List<Unpacking.Wanted> wanted = new ArrayList<>();
    if (missing.size() <= FEW) {
      for (BackupEntry entry : List.copyOf(missing.values())) {
        find(new Item.Place(entry.target(), entry.level(), entry.path(), false))
            .ifPresent(row -> take(row, missing, wanted));
      }
    }
    if (missing.isEmpty()) {
      return wanted;
    }
    try (Stream<Row> rows = rows()) {
      rows.forEach(row -> take(row, missing, wanted));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    if (!missing.isEmpty()) {
      throw new DamagedException(missing.values().stream().map(this::notThere).toList());
    }
    return wanted;
  }

  private static void take(
      Row row, Map<BackupEntry, BackupEntry> missing, List<Unpacking.Wanted> wanted) {
    BackupEntry entry = missing.remove(row.entry());
    if (entry != null) {
      wanted.add(new Unpacking.Wanted(entry, row.content(), row.archive()));
    }
  }

  private Problem notThere(BackupEntry entry) {
    return Problem.of(
            ErrorKind.CORRUPTED_BACKUP,
            "the backup has no such entry: "
                + entry.target()
                + "/"
                + entry.level()
                + "/"
                + entry.path().readable())
        .inFile(manifestFile())
        .leaving("nothing was changed");
  }

  @Override
  public String toString() {
    return "backup " + id() + " in " + directory;
  }
}
