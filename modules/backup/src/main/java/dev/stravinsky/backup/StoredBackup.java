package dev.stravinsky.backup;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.RefusedException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A backup in its folder, read by its manifest. */
final class StoredBackup extends FolderBackup {
  private final ManifestHead head;
  private Optional<Row> lastFound = Optional.empty();

  StoredBackup(Environment environment, Path directory, ManifestHead head) {
    super(environment, directory);
    this.head = head;
  }

  /** Reads the head of the manifest. Throws DamagedException if it is none. */
  static StoredBackup open(Environment environment, Path directory) throws IOException {
    return new StoredBackup(
        environment, directory, ManifestReader.head(directory.resolve(ManifestWriter.NAME)));
  }

  /** The id that a hidden folder's manifest says; empty if it says none. */
  static String idOf(Path hidden) throws IOException {
    try {
      return ManifestReader.head(hidden.resolve(ManifestWriter.NAME)).manifest().id().value();
    } catch (DamagedException | RefusedException | NoSuchFileException e) {
      return "";
    }
  }

  ManifestHead head() {
    return head;
  }

  @Override
  Stream<Row> rows() throws IOException {
    return ManifestReader.rows(manifestFile());
  }

  @Override
  Map<String, List<Member>> members() throws IOException {
    return ManifestReader.members(manifestFile());
  }

  @Override
  Optional<Member> member(String archive, int index) throws IOException {
    Optional<Member> found = ManifestSearch.member(manifestFile(), archive, index);
    return found.isPresent() ? found : super.member(archive, index);
  }

  /** What was looked for last is often looked for again, to be unpacked. */
  @Override
  Optional<Row> find(Item.Place place) throws IOException {
    if (lastFound.filter(row -> row.stored().place().equals(place)).isEmpty()) {
      lastFound = ManifestSearch.find(manifestFile(), place);
    }
    return lastFound;
  }

  @Override
  public BackupManifest manifest() {
    return head.manifest();
  }

  /** Members by archive, where they may serve a new backup packed at this level. */
  Map<String, List<Member>> reusableMembers(int compressionLevel) throws IOException {
    boolean samePacker =
        head.compressionLevel() == compressionLevel
            && manifest().javaVersion().equals(System.getProperty("java.version", ""));
    return samePacker ? members() : Map.of();
  }
}
