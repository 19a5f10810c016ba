package dev.stravinsky.backup;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.files.WholeForce;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** Builds a backup in a folder of its own and forces it. */
final class BackupBuilder {
  private static final String PHASE = "Backing up";

  private final Services services;
  private final Environment environment;
  private final Path folder;
  private final Parallel parallel;
  private final Progress progress;
  private final Instant timestamp;
  private final TrailHead trailHead;
  private boolean isMade;

  BackupBuilder(
      Services services, TrailHead trailHead, Path folder, Parallel parallel, Progress progress) {
    this.trailHead = trailHead;
    this.timestamp = services.environment().clock().instant().truncatedTo(ChronoUnit.MICROS);
    this.services = services;
    this.environment = services.environment();
    this.folder = folder;
    this.parallel = parallel;
    this.progress = progress;
  }

  /**
   * What is to be built.
   *
   * @param items by target
   * @param destination where the backup will be when it is published
   * @param same the backup that may have the same content already
   */
  record Plan(
      BackupRequest request,
      BackupId id,
      Path destination,
      Optional<String> transaction,
      SortedMap<String, List<Item>> items,
      KnownMembers known,
      Optional<SameContent> same) {

    Plan withoutComparison(KnownMembers other) {
      return new Plan(request, id, destination, transaction, items, other, Optional.empty());
    }
  }

  /** What was built. */
  record Built(
      BackupManifest manifest, Sha256 manifestSum, Map<String, ArchiveWriter.Written> archives) {}

  /**
   * Builds, forces. Empty if there is a backup of the same content: then the folder is not there,
   * unless something else than content had changed. On failure it may be there in part. In both
   * cases the caller removes it.
   */
  Optional<Built> build(Plan plan, FileStat.Reader stats) throws IOException {
    try (WholeForce force = WholeForce.before(environment.platform(), folder.getParent())) {
      Map<String, ArchiveWriter.Written> archives = archives(plan, stats);
      if (archives.isEmpty() && plan.same().isPresent()) {
        isMade = false;
        return Optional.empty();
      }
      makeFolder();
      List<BackupManifest.Archive> files = new ArrayList<>();
      archives
          .values()
          .forEach(
              a ->
                  files.add(
                      new BackupManifest.Archive(
                          a.name(), a.sizeBytes(), a.sha256(), a.entries().size())));
      Map<String, byte[]> views = services.targets().effectiveViews(plan.request().views());
      for (Map.Entry<String, byte[]> view : new TreeMap<>(views).entrySet()) {
        files.add(file(FolderFiles.requireName(view.getKey()), view.getValue()));
      }
      BackupManifest draft = manifest(plan, files);
      String guide = RestoreGuide.of(draft, plan.destination(), List.copyOf(archives.keySet()));
      files.add(file(FolderFiles.RESTORE, FolderFiles.utf8(guide)));
      BackupManifest manifest = manifest(plan, files);
      Sha256 sum = writeManifest(plan, manifest, archives);
      write(FolderFiles.SUMS, FolderFiles.utf8(FolderFiles.sums(manifest, sum)));
      keepOwner();
      if (!force.force()) {
        forceEach();
      }
      return Optional.of(new Built(manifest, sum, archives));
    }
  }

  /** All archives by name; none if what they would have is just what another backup has. */
  private Map<String, ArchiveWriter.Written> archives(Plan plan, FileStat.Reader stats)
      throws IOException {
    Map<String, ArchiveWriter> writers = new LinkedHashMap<>();
    int level = services.settings().backup().compressionLevel();
    try (UnitPacker packer = new UnitPacker(level, plan.known(), stats, plan.same().isPresent())) {
      LongConsumer packed = progress(plan);
      for (Map.Entry<String, List<Item>> target : plan.items().entrySet()) {
        if (!target.getValue().isEmpty() || hasRoot(plan, target.getKey())) {
          String name = Row.archive(target.getKey());
          ArchiveWriter writer =
              new ArchiveWriter(folder.resolve(name), this::makeFolder, packer, plan.known());
          writers.put(name, writer);
          writer.add(Unit.cut(target.getValue()), parallel, packed);
        }
      }
      Map<String, ArchiveWriter.Written> archives = new LinkedHashMap<>();
      Stream<Stored> entries = writers.values().stream().flatMap(w -> w.entries().stream());
      if (plan.same().isEmpty() || !plan.same().get().is(entries.iterator())) {
        for (Map.Entry<String, ArchiveWriter> writer : writers.entrySet()) {
          archives.put(writer.getKey(), writer.getValue().finish());
        }
      }
      return archives;
    } finally {
      for (ArchiveWriter writer : writers.values()) {
        writer.close();
      }
    }
  }

  private LongConsumer progress(Plan plan) {
    long total =
        plan.items().values().stream()
            .flatMap(List::stream)
            .filter(Item::isFile)
            .mapToLong(item -> item.stat().size())
            .sum();
    AtomicLong done = new AtomicLong();
    return bytes -> progress.report(PHASE, Math.min(total, done.addAndGet(bytes)), total);
  }

  private void makeFolder() throws IOException {
    if (!isMade) {
      FileWrites.createDirectory(folder, FileWrites.PRIVATE_DIRECTORY);
      isMade = true;
    }
  }

  /** A target that is not there at all has no archive, an empty one has. */
  private static boolean hasRoot(Plan plan, String name) throws IOException {
    for (TargetView view : plan.request().views()) {
      Target target = view.target();
      if (target.name().equals(name) && target.isTree() && Presence.isDirectory(target.root())) {
        return true;
      }
    }
    return false;
  }

  private BackupManifest manifest(Plan plan, List<BackupManifest.Archive> files) {
    BackupRequest request = plan.request();
    return new BackupManifest(
        plan.id(),
        request.version(),
        timestamp,
        system(),
        System.getProperty("java.version", ""),
        request.reason(),
        request.scope(),
        roots(request.views()),
        files,
        request.previousVersion(),
        request.userModifications(),
        trailHead);
  }

  static List<BackupManifest.Root> roots(List<TargetView> views) {
    return views.stream()
        .map(TargetView::target)
        .map(t -> new BackupManifest.Root(t.name(), t.scope(), t.root(), t.files()))
        .toList();
  }

  private static String system() {
    return System.getProperty("os.name", "")
        + " "
        + System.getProperty("os.version", "")
        + " "
        + System.getProperty("os.arch", "");
  }

  private Sha256 writeManifest(
      Plan plan, BackupManifest manifest, Map<String, ArchiveWriter.Written> archives)
      throws IOException {
    Map<String, List<Member>> members = new LinkedHashMap<>();
    Stream<Row> rows = Stream.empty();
    for (Map.Entry<String, List<Item>> target : plan.items().entrySet()) {
      ArchiveWriter.Written archive = archives.get(Row.archive(target.getKey()));
      if (archive != null) {
        members.put(archive.name(), archive.members());
        rows = Stream.concat(rows, Row.of(target.getValue(), archive.entries()));
      }
    }
    int level = services.settings().backup().compressionLevel();
    MessageDigest digest = Sha256.newDigest();
    try (FileChannel channel = FileWrites.create(folder.resolve(ManifestWriter.NAME));
        OutputStream out = new DigestOutputStream(Channels.newOutputStream(channel), digest)) {
      ManifestWriter.write(
          out, new ManifestHead(manifest, level, plan.transaction()), members, rows::iterator);
    }
    return Sha256.from(digest);
  }

  private BackupManifest.Archive file(String name, byte[] content) throws IOException {
    write(name, content);
    return new BackupManifest.Archive(name, content.length, Sha256.of(content), 0);
  }

  private void write(String name, byte[] content) throws IOException {
    FileWrites.create(folder.resolve(name), content, FileWrites.PRIVATE_FILE);
  }

  /** Under sudo the backup belongs to whom the backups belong. */
  private void keepOwner() throws IOException {
    Path owner = folder.getParent();
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        FileWrites.copyOwner(owner, file);
      }
    }
    FileWrites.copyOwner(owner, folder);
  }

  private void forceEach() throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Durable.force(file);
      }
    }
    Durable.forceDirectory(folder);
    Durable.forceDirectory(folder.getParent());
  }
}
