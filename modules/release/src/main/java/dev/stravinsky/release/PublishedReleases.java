package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folder {@code releases/}: each release as it was published, with a {@code release.json} of
 * our own that lists every file, so that what a release brought is known exactly whatever it said.
 *
 * <p>A release is built as {@code .new.VERSION}, forced and renamed; the one it replaces is {@code
 * .old.VERSION} for that moment, and is found there if a crash falls into it. A version begins with
 * no dot.
 */
final class PublishedReleases {
  private static final String NEW = ".new.";
  private static final String OLD = ".old.";

  private final Environment environment;

  PublishedReleases(Environment environment) {
    this.environment = environment;
  }

  Optional<Release> find(Version version) throws IOException {
    Optional<Release> found = read(version, folder("", version));
    return found.isPresent() ? found : read(version, folder(OLD, version));
  }

  void keep(Release release) throws IOException {
    Path place = folder("", release.version());
    byte[] descriptor = DescriptorWriter.write(release);
    if (isIntact(place, descriptor, release)) {
      return;
    }
    Durable.createDirectories(releases());
    Path fresh = folder(NEW, release.version());
    FileWrites.deleteTree(fresh); // Left by a crash; the lock says that nobody is at it.
    try {
      FileWrites.createDirectory(fresh, FileWrites.PRIVATE_DIRECTORY);
      Set<Path> directories = new HashSet<>(Set.of(fresh));
      for (ReleaseFile file : release.files()) {
        copy(release, file, fresh, directories);
      }
      Path json = fresh.resolve(Layout.DESCRIPTOR);
      FileWrites.create(json, descriptor, FileWrites.PRIVATE_FILE);
      Durable.force(json);
      for (Path directory : directories) {
        Durable.forceDirectory(directory);
      }
      exchange(fresh, place, folder(OLD, release.version()));
    } catch (IOException | RuntimeException e) {
      try {
        FileWrites.deleteTree(fresh);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  void retain(Set<Version> versions) throws IOException {
    if (!Files.isDirectory(releases())) {
      return;
    }
    List<Path> unwanted = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(releases())) {
      for (Path each : all) {
        if (!isRetained(each.getFileName().toString(), versions)) {
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

  private boolean isRetained(String name, Set<Version> versions) {
    if (name.startsWith(OLD)) {
      String version = name.substring(OLD.length());
      boolean needed = !Files.exists(releases().resolve(version));
      return needed && Version.isValid(version) && versions.contains(new Version(version));
    }
    return Version.isValid(name) && versions.contains(new Version(name));
  }

  private void exchange(Path fresh, Path place, Path old) throws IOException {
    if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
      FileWrites.deleteTree(old);
      FileWrites.rename(place, old);
    }
    FileWrites.rename(fresh, place);
    Durable.forceDirectory(releases());
    FileWrites.deleteTree(old);
  }

  private static void copy(Release release, ReleaseFile file, Path into, Set<Path> directories)
      throws IOException {
    Path to = Placement.inRelease(file.target(), file.path()).resolveIn(into);
    makeDirectories(to.getParent(), directories);
    switch (file.state()) {
      case EntryState.Link link -> FileWrites.createLink(to, LinkTargets.decode(link.target(), to));
      case EntryState.Regular regular -> {
        copy(release.content(file), to, regular);
        Durable.force(to);
      }
      default -> throw new IllegalArgumentException("no state of a release's file: " + file);
    }
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

  private static boolean isIntact(Path folder, byte[] descriptor, Release release)
      throws IOException {
    Path json = folder.resolve(Layout.DESCRIPTOR);
    return Files.isRegularFile(json)
        && Arrays.equals(Files.readAllBytes(json), descriptor)
        && damage(at(folder, release)).isEmpty();
  }

  private static Release at(Path folder, Release release) {
    return new Release(
        release.name(),
        release.version(),
        folder,
        release.files(),
        release.requiredCommands(),
        release.deletes(),
        List.of());
  }

  private Optional<Release> read(Version version, Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    Path json = folder.resolve(Layout.DESCRIPTOR);
    Release release;
    try {
      Descriptor descriptor = DescriptorReader.read(Files.readAllBytes(json), json.toString());
      release = published(version, folder, descriptor);
    } catch (StravinskyException | IOException e) {
      throw damaged(folder, "its release.json cannot be read: " + e.getMessage());
    }
    List<String> damage = damage(release);
    if (!damage.isEmpty()) {
      throw damaged(folder, String.join(", ", damage) + " is missing or of another size");
    }
    return Optional.of(release);
  }

  private static Release published(Version version, Path folder, Descriptor descriptor)
      throws IOException {
    if (!descriptor.version().equals(Optional.of(version)) || descriptor.files().isEmpty()) {
      throw new IOException("it is that of another release");
    }
    List<ReleaseFile> files =
        descriptor.files().get().stream()
            .map(
                listed -> {
                  Placement place = place(listed.path());
                  return new ReleaseFile(place.target(), place.path(), state(listed));
                })
            .toList();
    List<Release.Deletion> deletes =
        descriptor.deletes().stream().map(d -> d.asDeletion(place(d.path()))).toList();
    return new Release(
        descriptor.name(),
        version,
        folder,
        files,
        descriptor.requiredCommands(),
        deletes,
        List.of());
  }

  /** What was published went through the targets of its day: each top folder is one. */
  private static Placement place(EntryPath path) {
    String encoded = path.encoded();
    int slash = encoded.indexOf('/');
    String first = slash < 0 ? "" : new EntryPath(encoded.substring(0, slash)).readable();
    List<String> targets = new ArrayList<>(Layout.TOP_FILES.values());
    targets.add(first);
    return Placement.of(path, targets)
        .orElseThrow(() -> Refusals.refused(path.readable() + " is in no target"));
  }

  private static EntryState state(Descriptor.Listed listed) {
    return listed
        .link()
        .<EntryState>map(EntryState.Link::new)
        .orElseGet(
            () ->
                new EntryState.Regular(
                    listed.contents().getFirst(),
                    listed.sizeBytes().orElse(0),
                    listed.mode().orElse(0)));
  }

  private static List<String> damage(Release release) throws IOException {
    List<String> damage = new ArrayList<>();
    for (ReleaseFile file : release.files()) {
      Path content = release.content(file);
      boolean there =
          file.state() instanceof EntryState.Regular regular
              ? Files.isRegularFile(content, LinkOption.NOFOLLOW_LINKS)
                  && Files.size(content) == regular.sizeBytes()
              : Files.isSymbolicLink(content);
      if (!there) {
        damage.add(Placement.inRelease(file.target(), file.path()).readable());
      }
    }
    return damage;
  }

  private static DamagedException damaged(Path folder, String what) {
    return new DamagedException(
        Problem.of(ErrorKind.UNKNOWN, "the kept release is damaged: " + what)
            .inFile(folder)
            .leaving("nothing was changed")
            .next("rm -r " + folder + ", then the command again; files that you changed are kept"));
  }

  private Path folder(String prefix, Version version) {
    return releases().resolve(prefix + version.value());
  }

  private Path releases() {
    return environment.home().releases();
  }
}
