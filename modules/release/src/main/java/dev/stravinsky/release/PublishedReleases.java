package dev.stravinsky.release;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.Order;
import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseFile;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.files.WholeForce;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The folder {@code releases/}: each release as it was published, with a {@code release.json} of
 * our own that lists every file, so that what a release brought is known exactly whatever it said.
 *
 * <p>A release is built as {@code .pending.TRANSACTION}, forced, and renamed once it is installed;
 * one that it replaces is {@code .old.VERSION@DIGEST} from then on, by the digest of its {@code
 * release.json}: a rollback may lead back to it. One that goes is {@code .new.VERSION} while it
 * does. A version begins with no dot and has no {@code @}.
 */
final class PublishedReleases {
  private static final String NEW = ".new.";
  private static final String OLD = ".old.";
  private static final String PENDING = ".pending.";
  private static final int DIGEST_DIGITS = 12;

  /** From so many files on one force of the whole file system is worth its cost to others. */
  private static final int MANY = 16;

  /** Of one version; who installs another content under it each time has to come to an end. */
  private static final int MOST_OLD = 10;

  private final Environment environment;

  PublishedReleases(Environment environment) {
    this.environment = environment;
  }

  Optional<Release> find(Version version) throws IOException {
    Optional<Release> found = KeptRelease.read(version, folder(version));
    // A crash between two renames.
    return found.isPresent() ? found : replaced(version).stream().findFirst();
  }

  List<Release> all(Version version) throws IOException {
    List<Release> all = new ArrayList<>();
    KeptRelease.read(version, folder(version)).ifPresent(all::add);
    all.addAll(replaced(version));
    return all;
  }

  /** The newest first. */
  private List<Release> replaced(Version version) throws IOException {
    List<Release> found = new ArrayList<>();
    for (Path folder : oldFolders().getOrDefault(version, List.of())) {
      try {
        KeptRelease.read(version, folder).ifPresent(found::add);
      } catch (DamagedException e) {
        continue; // There are others.
      }
    }
    return found;
  }

  /** By version, the newest first. */
  private Map<Version, List<Path>> oldFolders() throws IOException {
    Map<Version, List<Path>> old = new HashMap<>();
    Map<Path, FileTime> made = new HashMap<>();
    if (!Presence.isDirectory(releases())) {
      return old;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(releases())) {
      for (Path each : all) {
        String name = each.getFileName().toString();
        int at = name.lastIndexOf('@');
        Path json = each.resolve(Layout.DESCRIPTOR);
        if (name.startsWith(OLD) && at > OLD.length() && Presence.isRegularFile(json)) {
          String version = name.substring(OLD.length(), at);
          if (Version.isValid(version)) {
            made.put(each, Files.getLastModifiedTime(json));
            old.computeIfAbsent(new Version(version), v -> new ArrayList<>()).add(each);
          }
        }
      }
    }
    old.values().forEach(each -> each.sort(Order.reversed(Order.by(made::get))));
    return old;
  }

  void keepPending(String transaction, Release release) throws IOException {
    byte[] descriptor = DescriptorWriter.write(release);
    if (KeptRelease.isIn(folder(release.version()), release, descriptor)) {
      return;
    }
    Durable.createDirectories(releases());
    Path pending = releases().resolve(PENDING + transaction);
    FileWrites.deleteTree(pending); // Left by an attempt that was cut off.
    try {
      build(release, descriptor, pending);
    } catch (IOException | RuntimeException e) {
      try {
        FileWrites.deleteTree(pending);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  void publish(String transaction, Version version) throws IOException {
    Path pending = releases().resolve(PENDING + transaction);
    if (Presence.isDirectory(pending)) {
      exchange(pending, version);
    }
  }

  void discardPending(String transaction) throws IOException {
    FileWrites.deleteTree(releases().resolve(PENDING + transaction));
  }

  void retain(Set<Version> versions, Set<String> transactions) throws IOException {
    if (!Presence.isDirectory(releases())) {
      return;
    }
    Set<Path> old = new HashSet<>();
    oldFolders().values().forEach(all -> all.stream().limit(MOST_OLD).forEach(old::add));
    List<Path> unwanted = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(releases())) {
      for (Path each : all) {
        String name = each.getFileName().toString();
        boolean pending =
            name.startsWith(PENDING) && transactions.contains(name.substring(PENDING.length()));
        if (!pending && !isRetained(each, old, versions)) {
          unwanted.add(each);
        }
      }
    }
    for (Path each : unwanted) {
      String name = each.getFileName().toString();
      Path hidden = name.startsWith(".") ? each : releases().resolve(NEW + name);
      if (!hidden.equals(each)) {
        // Out of sight as a whole first: half a release is never seen under its version.
        FileWrites.deleteTree(hidden);
        FileWrites.rename(each, hidden);
      }
      FileWrites.deleteTree(hidden);
    }
    if (!unwanted.isEmpty()) {
      Durable.forceDirectory(releases());
    }
  }

  private static boolean isRetained(Path folder, Set<Path> old, Set<Version> versions) {
    String name = folder.getFileName().toString();
    if (old.contains(folder)) {
      return versions.contains(new Version(name.substring(OLD.length(), name.lastIndexOf('@'))));
    }
    return Version.isValid(name) && versions.contains(new Version(name));
  }

  private void build(Release release, byte[] descriptor, Path fresh) throws IOException {
    try (WholeForce force =
        release.files().size() < MANY
            ? WholeForce.none()
            : WholeForce.before(environment.platform(), releases())) {
      FileWrites.createDirectory(fresh, FileWrites.PRIVATE_DIRECTORY);
      Set<Path> directories = new LinkedHashSet<>(Set.of(fresh));
      List<Path> files = new ArrayList<>();
      for (ReleaseFile file : release.files()) {
        makeDirectories(place(file, fresh).getParent(), directories);
      }
      try (Parallel parallel = Parallel.on(fresh)) {
        parallel.inOrder(
            release.files(),
            file -> copy(release, file, place(file, fresh)),
            copy -> copy.ifPresent(files::add));
      }
      Path json = fresh.resolve(Layout.DESCRIPTOR);
      FileWrites.create(json, descriptor, FileWrites.PRIVATE_FILE);
      files.add(json);
      if (!force.force()) {
        forceEach(files, List.copyOf(directories).reversed());
      }
    }
  }

  private static void forceEach(List<Path> files, List<Path> directories) throws IOException {
    for (Path file : files) {
      Durable.force(file);
    }
    for (Path directory : directories) {
      Durable.forceDirectory(directory);
    }
  }

  private void exchange(Path fresh, Version version) throws IOException {
    Path place = folder(version);
    Path same = old(version, fresh);
    if (Presence.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      Path old = old(version, place);
      FileWrites.deleteTree(old);
      FileWrites.rename(place, old);
    }
    FileWrites.rename(fresh, place);
    Durable.forceDirectory(releases());
    FileWrites.deleteTree(same); // It is in force again.
  }

  /** Where a release goes that another one replaces. */
  private Path old(Version version, Path release) throws IOException {
    Path json = release.resolve(Layout.DESCRIPTOR);
    byte[] content = Presence.isRegularFile(json) ? Files.readAllBytes(json) : new byte[0];
    String digest = Sha256.of(content).hex().substring(0, DIGEST_DIGITS);
    return releases().resolve(OLD + version.value() + "@" + digest);
  }

  private static Path place(ReleaseFile file, Path in) {
    return Placement.inRelease(file.target(), file.path()).resolveIn(in);
  }

  /** The copy, if it is a file. */
  private static Optional<Path> copy(Release release, ReleaseFile file, Path to)
      throws IOException {
    return switch (file.state()) {
      case EntryState.Link link -> {
        FileWrites.createLink(to, LinkTargets.decode(link.target(), to));
        yield Optional.empty();
      }
      case EntryState.Regular regular -> {
        copy(release.content(file), to, regular);
        yield Optional.of(to);
      }
      default -> throw new IllegalArgumentException("no state of a release's file: " + file);
    };
  }

  private static void copy(Path from, Path to, EntryState.Regular expected) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest)) {
      FileWrites.create(to, in, expected.mode() & 0777 | FileWrites.PRIVATE_FILE);
    }
    if (!Sha256.from(digest).equals(expected.sha256())) {
      throw new IOException(from + " changed since it was unpacked");
    }
  }

  private static void makeDirectories(Path directory, Set<Path> made) throws IOException {
    if (made.contains(directory)) {
      return;
    }
    makeDirectories(directory.getParent(), made);
    FileWrites.createDirectory(directory, FileWrites.PRIVATE_DIRECTORY);
    made.add(directory);
  }

  private Path folder(Version version) {
    return releases().resolve(version.value());
  }

  private Path releases() {
    return environment.home().releases();
  }
}
