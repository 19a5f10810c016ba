package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Order;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseFile;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.api.release.Releases;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Opens releases in the staging area; published ones are kept by {@link PublishedReleases}. */
final class StagedReleases implements Releases {
  private static final String UNPACKED = "unpacked";
  private static final String SCRATCH = "scratch";

  private final StagingArea staging;
  private final SourceLocation locations;
  private final PublishedReleases published;
  private final Limits limits;
  private final Fetch fetch;
  private final Believing believing;

  /**
   * @param fetch gets what channels offer
   * @param believing whom to believe
   */
  StagedReleases(
      Environment environment,
      SourceLocation locations,
      Limits limits,
      Fetch fetch,
      Believing believing) {
    this.staging = new StagingArea(environment);
    this.locations = locations;
    this.fetch = fetch;
    this.published = new PublishedReleases(environment);
    this.limits = limits;
    this.believing = believing;
  }

  /** Says whom to believe; asked for each release, since a channel can change it. */
  interface Believing {
    Trust whom() throws IOException;
  }

  @Override
  public Release open(ReleaseRequest request, Progress progress) throws IOException {
    Path workspace = staging.create();
    try {
      try (Contents contents = contents(request, workspace, progress)) {
        return open(request, contents, workspace.resolve(UNPACKED), progress);
      }
    } catch (IOException | RuntimeException | Error e) {
      staging.removeAfter(e, workspace);
      throw e;
    }
  }

  @Override
  public Path scratch(Release opened) {
    return opened.directory().resolveSibling(SCRATCH);
  }

  @Override
  public void discard(Release opened) throws IOException {
    staging.remove(opened.directory());
  }

  @Override
  public Optional<Release> published(Version version) throws IOException {
    return published.find(version);
  }

  @Override
  public List<Release> everyPublished(Version version) throws IOException {
    return published.all(version);
  }

  @Override
  public void keepPending(String transactionId, Release opened) throws IOException {
    published.keepPending(transactionId, opened);
  }

  @Override
  public void publish(String transactionId, Version version) throws IOException {
    published.publish(transactionId, version);
  }

  @Override
  public void discardPending(String transactionId) throws IOException {
    published.discardPending(transactionId);
  }

  @Override
  public void retain(Set<Version> versions, Set<String> transactions) throws IOException {
    published.retain(versions, transactions);
  }

  private Contents contents(ReleaseRequest request, Path workspace, Progress progress)
      throws IOException {
    return request.offer().isPresent()
        ? locations.archive(fetch.archive(request.offer().get(), workspace, progress))
        : locations.open(request.location(), workspace, progress);
  }

  private Release open(ReleaseRequest request, Contents contents, Path directory, Progress progress)
      throws IOException {
    ReleaseRoot root = ReleaseRoot.find(contents, request.targets());
    Described described = Described.read(contents, root.folder(), limits);
    // Before anything is unpacked: who is not believed does not get that far.
    Signature signature = described.vouchedFor(believing.whom(), request.offer());
    Descriptor descriptor = described.descriptor();
    Version version = version(request, descriptor);
    Selection selection = Selection.of(contents, root, descriptor, request.targets());
    List<Release.Deletion> deletes = deletes(descriptor, selection, request.targets());
    if (selection.items().isEmpty() && deletes.isEmpty()) {
      throw empty(request, selection);
    }
    FileWrites.createDirectory(directory, FileWrites.PRIVATE_DIRECTORY);
    Map<EntryPath, EntryState> states = new Unpacking(selection, directory, progress).run(contents);
    return new Release(
        descriptor.name(),
        version,
        directory,
        files(states, request.targets()),
        descriptor.requiredCommands(),
        deletes,
        selection.ignored(),
        signature,
        request.offer());
  }

  private static Version version(ReleaseRequest request, Descriptor descriptor) {
    Optional<Version> asked = request.version();
    Optional<Version> own = descriptor.version();
    if (asked.isPresent() && own.isPresent() && !asked.equals(own)) {
      throw new RefusedException(
          Problem.of(
                  ErrorKind.VERSION_MISMATCH,
                  "the release says that it is " + own.get() + ", not " + asked.get())
              .leaving("nothing was changed")
              .next("stravinsky update " + ShellWord.of(request.location())));
    }
    return own.or(() -> asked)
        .orElseThrow(
            () ->
                new UsageException(
                    Problem.of(
                            ErrorKind.UNKNOWN,
                            request.location() + " does not say which version it is")
                        .leaving("nothing was changed")
                        .next(
                            "stravinsky update "
                                + ShellWord.of(request.location())
                                + " --version V")));
  }

  private static List<Release.Deletion> deletes(
      Descriptor descriptor, Selection selection, Collection<String> targets) {
    List<Release.Deletion> deletes = new ArrayList<>();
    Refusals refusals = new Refusals();
    for (Descriptor.Listed listed : descriptor.deletes()) {
      Optional<Placement> place = Placement.of(listed.path(), targets);
      if (selection.items().containsKey(listed.path())) {
        refusals.add(listed.path().readable(), "release.json lists it and deletes it");
      } else if (place.isPresent()) {
        deletes.add(listed.asDeletion(place.get()));
      } else {
        selection.ignored().add(listed.path().readable());
      }
    }
    refusals.orThrow();
    return deletes;
  }

  private static List<ReleaseFile> files(
      Map<EntryPath, EntryState> states, Collection<String> targets) {
    List<ReleaseFile> files = new ArrayList<>();
    states.forEach(
        (path, state) -> {
          Placement place = Placement.of(path, targets).orElseThrow();
          files.add(new ReleaseFile(place.target(), place.path(), state));
        });
    files.sort(Order.inTurn(Order.by(ReleaseFile::target), Order.by(ReleaseFile::path)));
    return files;
  }

  private static RefusedException empty(ReleaseRequest request, Selection selection) {
    String there =
        selection.ignored().isEmpty()
            ? ""
            : "; what is there belongs to no target: "
                + String.join(", ", selection.ignored().stream().limit(5).toList());
    return Refusals.refused(
        request.location()
            + " is an empty release"
            + there
            + " (known are "
            + String.join(", ", request.targets())
            + ")");
  }
}
