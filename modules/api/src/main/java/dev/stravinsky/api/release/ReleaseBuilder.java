package dev.stravinsky.api.release;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The publisher's side: makes one file of a folder that anybody can install. */
public interface ReleaseBuilder {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<ReleaseBuilder> {}

  /**
   * Opens the folder as an update does, writes a {@code .tar.gz} with a {@code release.json} that
   * lists every file with its checksum, size and mode, and opens that again: only what is the same
   * release gets its name. The same release gives the same bytes. On failure there is no file, or
   * the one that was there; only where forcing its directory fails, the last step, the new one is.
   *
   * @throws dev.stravinsky.api.error.RefusedException if {@code update} would refuse the folder, or
   *     the output is there with other content and is not to be replaced
   * @throws dev.stravinsky.api.error.NotFoundException if there is no such folder
   */
  Built build(BuildRequest request, Progress progress) throws IOException;

  /**
   * What is to be built.
   *
   * @param source the folder, with the version that it is to have if it does not say so itself
   * @param name what it is a release of, if it is not to be what its {@code release.json} says, or
   *     else the folder's own name
   * @param output the file to make
   * @param replace whether another file there may be replaced
   * @param dryRun whether to do all but leave the file
   * @param keys files of secret keys; each signs the {@code release.json}
   */
  record BuildRequest(
      ReleaseRequest source,
      Optional<String> name,
      Path output,
      boolean replace,
      boolean dryRun,
      List<Path> keys) {

    /** One that nobody signs. */
    public BuildRequest(
        ReleaseRequest source,
        Optional<String> name,
        Path output,
        boolean replace,
        boolean dryRun) {
      this(source, name, output, replace, dryRun, List.of());
    }

    public BuildRequest {
      keys = List.copyOf(keys);
      Objects.requireNonNull(source);
      Objects.requireNonNull(name);
      Objects.requireNonNull(output);
    }
  }

  /**
   * What was built.
   *
   * @param files how many files and links it installs
   * @param ignored names in the folder that belong to no target
   * @param output the file
   * @param sizeBytes its size
   * @param sha256 its checksum
   * @param written whether it was written now; not if it was there already, or for a dry run
   */
  record Built(
      String name,
      Version version,
      int files,
      List<String> ignored,
      Path output,
      long sizeBytes,
      Sha256 sha256,
      boolean written) {
    public Built {
      ignored = List.copyOf(ignored);
    }
  }
}
