package dev.stravinsky.cli.command;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Shown;
import dev.stravinsky.cli.output.Table;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** {@code stravinsky backup show VERSION}. */
public final class BackupShow extends Command {
  private final Value<String> backup =
      arguments().parameter("VERSION", "A version, or a backup's id.");

  private final Flag files = arguments().flag("List every file.", "--files");

  private final ScopeOption scope = new ScopeOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public BackupShow(Session session) {
    super(session, "Show what a backup holds.");
  }

  @Override
  ExitStatus run() throws IOException {
    session().reportInterrupted();
    Backup shown = services().backups().resolve(scope.of(session()), backup.get());
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      document.putAll(Backups.json(shown));
      document.put("entries", entries(shown).stream().map(BackupShow::json).toList());
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    describe(shown);
    if (files.given()) {
      Table table = new Table("FILE", "MODE", "SIZE", "FROM");
      for (BackupEntry entry : entries(shown)) {
        table.row(
            entry.target() + "/" + entry.level() + "/" + entry.path(),
            mode(entry.state()),
            size(entry.state()),
            entry.origin().name().toLowerCase(Locale.ROOT));
      }
      print(table);
    }
    return ExitStatus.DONE;
  }

  private void describe(Backup shown) {
    BackupManifest manifest = shown.manifest();
    output().line("Backup " + shown.id());
    output().field("Version", manifest.version());
    output().field("Made", Shown.time(manifest.timestamp()));
    output().field("Reason", manifest.reason().written());
    output().field("Scope", manifest.scope());
    manifest.previousVersion().ifPresent(version -> output().field("After", version));
    output().field("Edited", manifest.userModifications() ? "you changed files of it" : "no");
    output().field("Folder", shown.directory());
    for (BackupManifest.Archive archive : manifest.archives()) {
      output()
          .field(
              archive.path().replace(".tar.gz", ""),
              Shown.count(archive.filesCount(), "file") + ", " + Shown.size(archive.sizeBytes()));
    }
    if (!files.given()) {
      output().line("To list its files add --files.");
    }
  }

  private static List<BackupEntry> entries(Backup backup) throws IOException {
    try (Stream<BackupEntry> entries = backup.entries()) {
      return entries.toList();
    }
  }

  private static String mode(EntryState state) {
    return switch (state) {
      case EntryState.Regular file -> String.format(Locale.ROOT, "%04o", file.mode());
      case EntryState.Directory directory -> String.format(Locale.ROOT, "%04o", directory.mode());
      case EntryState.Link link -> "-> " + link.target();
      case EntryState.Absent absent -> "";
    };
  }

  private static String size(EntryState state) {
    return state instanceof EntryState.Regular file ? Shown.size(file.sizeBytes()) : "";
  }

  private static Map<String, Object> json(BackupEntry entry) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("target", entry.target());
    json.put("level", entry.level());
    json.put("path", entry.path().readable());
    json.put("uri_path", entry.path().encoded());
    json.put("type", entry.state().getClass().getSimpleName().toLowerCase(Locale.ROOT));
    json.put("modified", entry.modified());
    json.put("origin", entry.origin().name().toLowerCase(Locale.ROOT));
    if (entry.state() instanceof EntryState.Regular file) {
      json.put("size_bytes", file.sizeBytes());
      json.put("sha256", file.sha256());
      json.put("mode", String.format(Locale.ROOT, "%04o", file.mode()));
    }
    if (entry.state() instanceof EntryState.Link link) {
      json.put("link_target", link.target());
    }
    return json;
  }
}
