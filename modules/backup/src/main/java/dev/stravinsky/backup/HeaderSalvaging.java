package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.BackupManifest.Archive;
import dev.stravinsky.api.backup.BackupManifest.Root;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.Salvage;
import dev.stravinsky.api.backup.Salvage.Lost;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds what is intact in a backup whose manifest nobody can believe: by the headers in its
 * archives. Where the files go is known of the scope's own targets only; the files of a project in
 * a backup of the user's scope are named, and left to be copied by hand.
 */
final class HeaderSalvaging {
  private final Services services;
  private final Scope scope;
  private final Path folder;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, List<Member>> members = new TreeMap<>();
  private final List<Lost> lost = new ArrayList<>();
  private final List<Problem> nameless = new ArrayList<>();

  private HeaderSalvaging(Services services, Scope scope, Path folder) {
    this.services = services;
    this.scope = scope;
    this.folder = folder;
  }

  static Salvage of(Services services, Scope scope, Path folder, BackupId id) throws IOException {
    return new HeaderSalvaging(services, scope, folder).run(id);
  }

  private Salvage run(BackupId id) throws IOException {
    nameless.add(
        Problem.of(
                ErrorKind.CORRUPTED_BACKUP,
                "is damaged or missing; the archives were read by their own headers")
            .inFile(folder.resolve(ManifestWriter.NAME)));
    List<Archive> archives = new ArrayList<>();
    List<Target> targets = services.targets().of(scope);
    for (Path archive : archives()) {
      String name = archive.getFileName().toString();
      int before = rows.size();
      read(archive, name, targets);
      archives.add(
          new Archive(
              name,
              Files.size(archive),
              FolderFiles.sha256(archive, n -> {}),
              rows.size() - before));
    }
    BackupManifest manifest = manifest(id, archives, targets);
    return new Salvage(
        new SalvagedBackup(services.environment(), folder, manifest, rows, members),
        lost,
        nameless);
  }

  private List<Path> archives() throws IOException {
    List<Path> archives = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        boolean named = file.getFileName().toString().endsWith(Row.SUFFIX);
        if (named && Presence.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          archives.add(file);
        }
      }
    }
    archives.sort(null);
    return archives;
  }

  private void read(Path archive, String name, List<Target> targets) throws IOException {
    ArchiveSalvage.Found found = ArchiveSalvage.read(archive);
    members.put(name, found.members());
    for (String what : found.damage()) {
      nameless.add(Problem.of(ErrorKind.CORRUPTED_BACKUP, what).inFile(archive));
    }
    for (String path : found.lost()) {
      lose(path, "its bytes in " + name + " are damaged");
    }
    long homeless = 0;
    for (Map.Entry<String, Stored> each : found.entries().entrySet()) {
      Stored entry = each.getValue();
      if (!entry.place().linked() && !Row.archive(entry.place().target()).equals(name)) {
        nameless.add(
            Problem.of(ErrorKind.CORRUPTED_BACKUP, "has an entry of another archive: " + path(each))
                .inFile(archive));
      } else if (!entry.place().linked() && hasPlace(entry, targets)) {
        take(entry, found.entries());
      } else if (!entry.place().linked()) {
        homeless++;
      }
    }
    if (homeless > 0) {
      nameless.add(
          Problem.of(
                  ErrorKind.CORRUPTED_BACKUP,
                  homeless
                      + " of its files belong to places that only the manifest knew; they can be"
                      + " unpacked by hand")
              .inFile(archive)
              .next("tar -xzf '" + archive.toString().replace("'", "'\\''") + "' -C /tmp"));
    }
  }

  private static String path(Map.Entry<String, Stored> entry) {
    return Salvaging.readable(entry.getKey());
  }

  private boolean hasPlace(Stored entry, List<Target> targets) {
    return entry.place().level().equals(scope.level())
        && targets.stream()
            .filter(t -> t.name().equals(entry.place().target()))
            .anyMatch(t -> t.covers(entry.place().path()));
  }

  private void take(Stored entry, Map<String, Stored> all) {
    Item.Place place = entry.place();
    Stored whole = entry;
    if (!entry.hardLinkTo().isEmpty()) {
      Optional<Stored> first = Optional.ofNullable(all.get(entry.hardLinkTo()));
      if (first.isEmpty() || !(first.get().state() instanceof EntryState.Regular)) {
        lose(place.archivePath(), "the file that it is another name of is damaged");
        return;
      }
      whole = entry.as(first.get());
    }
    Item.Place led = new Item.Place(place.target(), place.level(), place.path(), true);
    Optional<Stored> linked =
        Optional.ofNullable(all.get(led.archivePath()))
            .filter(file -> entry.state() instanceof EntryState.Link)
            .filter(file -> file.state() instanceof EntryState.Regular)
            .filter(file -> file.hardLinkTo().isEmpty());
    rows.add(new Row(whole, Origin.USER, linked));
  }

  private void lose(String archivePath, String why) {
    try {
      Item.Place place = Row.place(archivePath);
      lost.add(new Lost(place.target(), place.level(), place.path(), why, Optional.empty()));
    } catch (IllegalArgumentException e) {
      nameless.add(
          Problem.of(ErrorKind.CORRUPTED_BACKUP, Salvaging.readable(archivePath) + ": " + why)
              .inFile(folder));
    }
  }

  private BackupManifest manifest(BackupId id, List<Archive> archives, List<Target> targets)
      throws IOException {
    List<Root> roots =
        targets.stream().map(t -> new Root(t.name(), t.scope(), t.root(), t.files())).toList();
    BackupReason reason =
        BackupNames.isSafeguard(id.value()) ? BackupReason.PRE_ROLLBACK : BackupReason.MANUAL;
    return new BackupManifest(
        id,
        new Version(BackupNames.version(id.value())),
        Files.getLastModifiedTime(folder).toInstant(),
        "",
        "",
        reason,
        scope,
        roots,
        archives,
        Optional.empty(),
        true,
        TrailHead.EMPTY);
  }
}
