package dev.stravinsky.backup;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.backup.BackupManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The intact part of a damaged backup: entries and members that were found one by one. */
final class SalvagedBackup extends FolderBackup {
  private final BackupManifest manifest;
  private final List<Row> rows;
  private final Map<String, List<Member>> members;

  SalvagedBackup(
      Environment environment,
      Path directory,
      BackupManifest manifest,
      List<Row> rows,
      Map<String, List<Member>> members) {
    super(environment, directory);
    this.manifest = manifest;
    this.rows = List.copyOf(rows);
    this.members = Map.copyOf(members);
  }

  @Override
  Stream<Row> rows() throws IOException {
    return rows.stream();
  }

  @Override
  Map<String, List<Member>> members() throws IOException {
    return members;
  }

  @Override
  public BackupManifest manifest() {
    return manifest;
  }
}
