package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads a kept release back: its {@code release.json} whole, its files by their presence and size.
 */
final class KeptRelease {
  private KeptRelease() {}

  /**
   * The release in a folder, if there is one.
   *
   * @throws DamagedException if it is not what was kept
   */
  static Optional<Release> read(Version version, Path folder) throws IOException {
    if (!Presence.isDirectory(folder)) {
      return Optional.empty();
    }
    Path json = folder.resolve(Layout.DESCRIPTOR);
    Release release;
    try {
      Descriptor descriptor = DescriptorReader.read(Files.readAllBytes(json), json.toString());
      release = release(version, folder, descriptor);
    } catch (StravinskyException | IOException e) {
      throw damaged(folder, "its release.json cannot be read: " + e.getMessage());
    }
    List<String> damage = damage(release, folder);
    if (!damage.isEmpty()) {
      throw damaged(folder, String.join(", ", damage) + " is missing or of another size");
    }
    return Optional.of(release);
  }

  /** Whether a folder holds exactly this release. */
  static boolean isIn(Path folder, Release release, byte[] descriptor) throws IOException {
    Path json = folder.resolve(Layout.DESCRIPTOR);
    return Presence.isRegularFile(json)
        && Arrays.equals(Files.readAllBytes(json), descriptor)
        && damage(release, folder).isEmpty();
  }

  private static Release release(Version version, Path folder, Descriptor descriptor)
      throws IOException {
    if (!descriptor.version().equals(Optional.of(version)) || descriptor.files().isEmpty()) {
      throw new IOException("it is that of another release");
    }
    List<ReleaseFile> files = new ArrayList<>();
    for (Descriptor.Listed listed : descriptor.files().get()) {
      files.add(file(place(listed.path()), listed));
    }
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

  /** What is kept says all of a file; one that does not would look changed by the user. */
  private static ReleaseFile file(Placement place, Descriptor.Listed listed) throws IOException {
    if (listed.link().isPresent()) {
      return new ReleaseFile(
          place.target(), place.path(), new EntryState.Link(listed.link().get()));
    }
    if (listed.contents().isEmpty() || listed.sizeBytes().isEmpty() || listed.mode().isEmpty()) {
      throw new IOException(
          "it does not give checksum, size and mode of " + listed.path().readable());
    }
    EntryState state =
        new EntryState.Regular(
            listed.contents().getFirst(), listed.sizeBytes().getAsLong(), listed.mode().getAsInt());
    return new ReleaseFile(place.target(), place.path(), state);
  }

  /** What was published went into the targets of its day: each folder at the top is one. */
  private static Placement place(EntryPath path) {
    String encoded = path.encoded();
    int slash = encoded.indexOf('/');
    List<String> targets = new ArrayList<>(Layout.TOP_FILES.values());
    if (slash > 0) {
      targets.add(new EntryPath(encoded.substring(0, slash)).text().orElse(""));
    }
    return Placement.of(path, targets)
        .orElseThrow(() -> Refusals.refused(path.readable() + " is in no target"));
  }

  private static List<String> damage(Release release, Path folder) throws IOException {
    List<String> damage = new ArrayList<>();
    for (ReleaseFile file : release.files()) {
      EntryPath path = Placement.inRelease(file.target(), file.path());
      Path content = path.resolveIn(folder);
      boolean there =
          file.state() instanceof EntryState.Regular regular
              ? Presence.isRegularFile(content, LinkOption.NOFOLLOW_LINKS)
                  && Files.size(content) == regular.sizeBytes()
              : Presence.isSymbolicLink(content);
      if (!there) {
        damage.add(path.readable());
      }
    }
    return damage;
  }

  private static DamagedException damaged(Path folder, String what) {
    return new DamagedException(
        Problem.of(ErrorKind.UNKNOWN, "the kept release is damaged: " + what)
            .inFile(folder)
            .leaving("nothing was changed")
            .next(
                "rm -r "
                    + ShellWord.of(folder)
                    + ", then the command again; files that you changed are kept"));
  }
}
