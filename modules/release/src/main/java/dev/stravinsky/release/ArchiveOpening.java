package dev.stravinsky.release;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseBuilder;
import dev.stravinsky.api.release.ReleaseBuilder.BuildRequest;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.api.release.Releases;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.release.OfferedArchive.Checked;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Archives for a channel. One that says everything of itself is taken as it is, so that its
 * author's signature stays; of anything else one is built.
 */
final class ArchiveOpening implements OfferedArchive.Opening {
  private final Environment environment;
  private final SourceLocation locations;
  private final Releases releases;
  private final ReleaseBuilder builder;
  private final Fetch fetch;
  private final Limits limits;

  /**
   * @param releases believes everything: the publisher is who vouches for it
   */
  ArchiveOpening(
      Environment environment,
      SourceLocation locations,
      Releases releases,
      ReleaseBuilder builder,
      Fetch fetch,
      Limits limits) {
    this.environment = environment;
    this.locations = locations;
    this.releases = releases;
    this.builder = builder;
    this.fetch = fetch;
    this.limits = limits;
  }

  @Override
  public Checked open(ReleaseRequest release, Path into, List<Path> keys, Progress progress)
      throws IOException {
    Optional<String> archive = archive(release.location());
    if (archive.isEmpty()) {
      build(release, into, keys, progress);
      return check(release, into, progress).orElseThrow();
    }
    fetch.file(archive.get(), limits.totalBytes(), into, progress);
    Optional<Checked> complete = check(release, into, progress);
    if (complete.isPresent()) {
      return complete.get();
    }
    Path source = into.resolveSibling(into.getFileName() + ".source");
    FileWrites.rename(into, source);
    try {
      build(
          new ReleaseRequest(source.toString(), release.version(), release.targets()),
          into,
          keys,
          progress);
    } finally {
      FileWrites.delete(source);
    }
    return check(release, into, progress).orElseThrow();
  }

  /** Where the archive is, if what was typed is one file. */
  private Optional<String> archive(String location) throws IOException {
    if (Fetch.isRemote(location)) {
      return Optional.of(location);
    }
    try {
      Path local = environment.expand(location, environment.workingDirectory()).normalize();
      return Presence.isRegularFile(local) ? Optional.of(local.toString()) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private void build(ReleaseRequest release, Path into, List<Path> keys, Progress progress)
      throws IOException {
    builder.build(new BuildRequest(release, Optional.empty(), into, false, false, keys), progress);
  }

  /**
   * Opens the archive as an update does; empty if it does not say everything of itself.
   *
   * @throws dev.stravinsky.api.error.RefusedException if an update would refuse it
   */
  private Optional<Checked> check(ReleaseRequest release, Path archive, Progress progress)
      throws IOException {
    openAndDiscard(
        new ReleaseRequest(archive.toString(), release.version(), release.targets()), progress);
    try (Contents contents = locations.archive(archive)) {
      ReleaseRoot root = ReleaseRoot.find(contents, release.targets());
      Described described = Described.read(contents, root.folder(), limits);
      Descriptor descriptor = described.descriptor();
      boolean complete =
          descriptor.version().isPresent()
              && descriptor.files().isPresent()
              && !descriptor.name().isEmpty();
      return complete
          ? Optional.of(
              new Checked(
                  descriptor.name(),
                  descriptor.version().get(),
                  Sha256.of(described.bytes().orElseThrow()),
                  contents instanceof ZipContents ? ".zip" : ".tar.gz"))
          : Optional.empty();
    }
  }

  private void openAndDiscard(ReleaseRequest archive, Progress progress) throws IOException {
    Release opened = releases.open(archive, progress);
    try {
      releases.discard(opened);
    } catch (IOException e) {
      // Swept by a later command, and no reason not to publish.
    }
  }
}
