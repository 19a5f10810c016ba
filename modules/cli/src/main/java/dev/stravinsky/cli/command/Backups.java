package dev.stravinsky.cli.command;

import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.cli.output.Shown;
import dev.stravinsky.cli.output.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Backups as tables and JSON. */
final class Backups {
  private Backups() {}

  static Table table(List<Backup> backups) {
    Table table = new Table("BACKUP", "MADE", "REASON", "FILES", "SIZE");
    for (Backup backup : backups) {
      BackupManifest manifest = backup.manifest();
      table.row(
          backup.id(),
          Shown.time(manifest.timestamp()),
          manifest.reason().written(),
          manifest.filesCount(),
          Shown.size(manifest.sizeBytes()));
    }
    return table;
  }

  static Map<String, Object> json(Backup backup) {
    BackupManifest manifest = backup.manifest();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", backup.id());
    json.put("version", manifest.version());
    json.put("timestamp", manifest.timestamp());
    json.put("reason", manifest.reason().written());
    json.put("scope", manifest.scope().key());
    json.put("files", manifest.filesCount());
    json.put("size_bytes", manifest.sizeBytes());
    json.put("user_modifications", manifest.userModifications());
    json.put("directory", backup.directory());
    return json;
  }
}
