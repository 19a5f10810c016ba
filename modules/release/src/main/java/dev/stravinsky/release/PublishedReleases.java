package dev.stravinsky.release;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseFile;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folder {@code releases/}: each release as it was published, with a {@code release.json} of
 * our own that lists every file, so that what a release brought is known exactly whatever it said.
 *
 * <p>A release is built as {@code .pending.TRANSACTION}, forced, and renamed once it is installed;
 * the one it replaces is {@code .old.VERSION} for that moment, and is found there if a crash falls
 * into it. One that goes is {@code .new.VERSION} while it does. A version begins with no dot.
 */
final class PublishedReleases {
  private static final String NEW = ".new.";
  private static final String OLD = ".old.";
  private static final String PENDING = ".pending.";

  private final Environment environment;

  PublishedReleases(Environment environment) {
    this.environment = environment;
  }

  Optional<Release> find(Version version) throws IOException {
    Optional<Release> found = KeptRelease.read(version, folder("", version));
    return found.isPresent() ? found : KeptRelease.read(version, folder(OLD, version));
  }

  void keepPending(String transaction, Release release) throws IOException {
    byte[] descriptor = DescriptorWriter.write(release);
    if (KeptRelease.isIn(folder("", release.version()), release, descriptor)) {
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
      exchange(pending, folder("", version), folder(OLD, version));
    }
  }

  void discardPending(String transaction) throws IOException {
    FileWrites.deleteTree(releases().resolve(PENDING + transaction));
  }

  void retain(Set<Version> versions, Set<String> transactions) throws IOException {
    if (!Presence.isDirectory(releases())) {
      return;
    }
    List<Path> unwanted = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(releases())) {
      for (Path each : all) {
        String name = each.getFileName().toString();
        boolean pending =
            name.startsWith(PENDING) && transactions.contains(name.substring(PENDING.length()));
        if (!pending && !isRetained(name, versions)) {
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

  private boolean isRetained(String name, Set<Version> versions) throws IOException {
    if (name.startsWith(OLD)) {
      String version = name.substring(OLD.length());
      boolean needed = !Presence.exists(releases().resolve(version));
      return needed && Version.isValid(version) && versions.contains(new Version(version));
    }
    return Version.isValid(name) && versions.contains(new Version(name));
  }

  private void build(Release release, byte[] descriptor, Path fresh) throws IOException {
    int count = release.files().size();
    try (TreeForce force = TreeForce.before(count, environment.platform(), releases())) {
      FileWrites.createDirectory(fresh, FileWrites.PRIVATE_DIRECTORY);
      Set<Path> directories = new LinkedHashSet<>(Set.of(fresh));
      List<Path> files = new ArrayList<>();
      for (ReleaseFile file : release.files()) {
        copy(release, file, fresh, directories).ifPresent(files::add);
      }
      Path json = fresh.resolve(Layout.DESCRIPTOR);
      FileWrites.create(json, descriptor, FileWrites.PRIVATE_FILE);
      files.add(json);
      force.force(files, List.copyOf(directories).reversed());
    }
  }

  private void exchange(Path fresh, Path place, Path old) throws IOException {
    if (Presence.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      FileWrites.deleteTree(old);
      FileWrites.rename(place, old);
    }
    FileWrites.rename(fresh, place);
    Durable.forceDirectory(releases());
    FileWrites.deleteTree(old);
  }

  /** The copy, if it is a file. */
  private static Optional<Path> copy(
      Release release, ReleaseFile file, Path into, Set<Path> directories) throws IOException {
    Path to = Placement.inRelease(file.target(), file.path()).resolveIn(into);
    makeDirectories(to.getParent(), directories);
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

  private Path folder(String prefix, Version version) {
    return releases().resolve(prefix + version.value());
  }

  private Path releases() {
    return environment.home().releases();
  }
}
