package dev.stravinsky.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.Salvage;
import dev.stravinsky.api.backup.Salvage.Lost;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Finds what is intact in a backup whose manifest can be believed. */
final class Salvaging {
  private final Services services;
  private final StoredBackup backup;
  private final List<Row> rows = new ArrayList<>();
  private final List<Lost> lost = new ArrayList<>();

  private Salvaging(Services services, StoredBackup backup) {
    this.services = services;
    this.backup = backup;
  }

  static Salvage of(Services services, StoredBackup backup) throws IOException {
    return new Salvaging(services, backup).run();
  }

  private Salvage run() throws IOException {
    Map<String, List<Optional<Member>>> located = new HashMap<>();
    Map<String, List<Member>> members = new TreeMap<>(backup.members());
    for (BackupManifest.Archive file : backup.manifest().archives()) {
      if (members.containsKey(file.path()) && !isWhole(file)) {
        Path path = backup.directory().resolve(file.path());
        List<Member> said = members.get(file.path());
        List<Optional<Member>> found = MemberScan.locate(path, said);
        located.put(file.path(), found);
        members.put(file.path(), now(said, found));
      }
    }
    if (located.isEmpty()) {
      return new Salvage(backup, List.of(), List.of());
    }
    try (Stream<Row> all = backup.rows()) {
      all.forEach(row -> sort(row, located.getOrDefault(row.archive(), List.of())));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new Salvage(
        new SalvagedBackup(
            services.environment(), backup.directory(), backup.manifest(), rows, members),
        lost,
        nameless(located));
  }

  private boolean isWhole(BackupManifest.Archive file) throws IOException {
    Path path = backup.directory().resolve(file.path());
    return Presence.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && FolderFiles.sha256(path, n -> {}).equals(file.sha256());
  }

  private static List<Member> now(List<Member> said, List<Optional<Member>> found) {
    List<Member> now = new ArrayList<>();
    for (int i = 0; i < said.size(); i++) {
      now.add(found.get(i).orElse(said.get(i)));
    }
    return now;
  }

  private void sort(Row row, List<Optional<Member>> located) {
    int member = row.content().member();
    boolean has = row.stored().state() instanceof EntryState.Regular || row.linked().isPresent();
    if (!has || member >= located.size() || located.get(member).isPresent()) {
      rows.add(row);
      return;
    }
    if (row.linked().isPresent()) {
      // The link itself stands in the manifest; only what it leads to is lost.
      rows.add(new Row(row.stored(), row.origin(), Optional.empty()));
    }
    Item.Place place = row.stored().place();
    lost.add(
        new Lost(
            place.target(),
            place.level(),
            place.path(),
            "its bytes in " + row.archive() + " are damaged",
            Optional.of(row.entry())));
  }

  /** Damage that concerns no file: a directory's header, the end. */
  private List<Problem> nameless(Map<String, List<Optional<Member>>> located) {
    List<Problem> problems = new ArrayList<>();
    if (lost.isEmpty()) {
      located
          .keySet()
          .forEach(
              archive ->
                  problems.add(
                      Problem.of(
                              ErrorKind.CORRUPTED_BACKUP,
                              "is damaged where it has no file's content")
                          .inFile(backup.directory().resolve(archive))));
    }
    return problems;
  }

  /** A path in an archive, for people. */
  static String readable(String archivePath) {
    return new EntryPath(archivePath).readable();
  }
}
