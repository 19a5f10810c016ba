package dev.stravinsky.api.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A release that was read, checked and unpacked: every file is there with its checksum, no name
 * leads out of its target.
 *
 * @param name what it is a release of, empty if it does not say
 * @param version its version
 * @param directory the unpacked folder: each file at {@code TARGET/PATH}, single-file targets at
 *     the top
 * @param files everything that it installs, ordered by target and path
 * @param requiredCommands programs that must be on the path
 * @param deletes files that it wants gone although no earlier release is known to have brought them
 * @param ignored names in the folder or archive that belong to no target
 * @param signature who vouches for it
 * @param offer what the channel that it is from says of it
 */
public record Release(
    String name,
    Version version,
    Path directory,
    List<ReleaseFile> files,
    List<String> requiredCommands,
    List<Deletion> deletes,
    List<String> ignored,
    Signature signature,
    Optional<Offer> offer) {

  /** One of no channel, that nobody vouches for. */
  public Release(
      String name,
      Version version,
      Path directory,
      List<ReleaseFile> files,
      List<String> requiredCommands,
      List<Deletion> deletes,
      List<String> ignored) {
    this(
        name,
        version,
        directory,
        files,
        requiredCommands,
        deletes,
        ignored,
        new Signature.Unsigned(),
        Optional.empty());
  }

  public Release {
    files = List.copyOf(files);
    requiredCommands = List.copyOf(requiredCommands);
    deletes = List.copyOf(deletes);
    ignored = List.copyOf(ignored);
  }

  /** Where the content of one of its files can be read. */
  public Path content(ReleaseFile file) {
    boolean atTop =
        Layout.TOP_FILES.containsKey(file.path().encoded())
            && Layout.TOP_FILES.get(file.path().encoded()).equals(file.target());
    Path base = atTop ? directory : directory.resolve(file.target());
    return file.path().resolveIn(base);
  }

  public Optional<ReleaseFile> file(String target, EntryPath path) {
    return files.stream().filter(f -> f.target().equals(target) && f.path().equals(path)).findAny();
  }

  /**
   * A file that is to be deleted.
   *
   * @param contents what it may contain; a file of other content is the user's, also where none is
   *     named
   */
  public record Deletion(String target, EntryPath path, List<Sha256> contents) {
    public Deletion {
      contents = List.copyOf(contents);
    }
  }
}
