package dev.stravinsky.release;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseBuilder;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.api.release.Releases;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.release.transport.Downloads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Builds releases: what an update would not take is not built. */
final class BuiltReleases implements ReleaseBuilder {
  /** GNU tar warns of times before it; the earliest that a zip can have. */
  private static final Instant ENTRY_TIME = Instant.parse("1980-01-01T00:00:00Z");

  /** The convention of reproducible-builds.org. */
  private static final String ENTRY_TIME_VARIABLE = "SOURCE_DATE_EPOCH";

  private final Environment environment;
  private final Releases releases;
  private final StagingArea staging;

  /**
   * @param releases opens what was and what is to be published, whoever vouches for it
   */
  BuiltReleases(Environment environment, Releases releases) {
    this.environment = environment;
    this.releases = releases;
    this.staging = new StagingArea(environment);
  }

  @Override
  public Built build(BuildRequest request, Progress progress) throws IOException {
    requireFolder(request.output());
    Instant time = entryTime();
    SigningKeys keys = SigningKeys.read(request.keys());
    Release opened = open(request, progress);
    try {
      Release release = named(opened, request);
      return request.dryRun()
          ? rehearse(release, request, time, keys)
          : write(release, request, time, keys);
    } finally {
      dispose(() -> releases.discard(opened));
    }
  }

  private Release open(BuildRequest request, Progress progress) throws IOException {
    try {
      return releases.open(request.source(), progress);
    } catch (UsageException e) {
      // The same mistake, but another command was typed.
      throw new UsageException(e.problems().getFirst().next(again(request, " --version V")));
    }
  }

  /** The command to type next. */
  private static String again(BuildRequest request, String more) {
    String version = request.source().version().map(it -> " --version " + it).orElse("");
    return "stravinsky release build "
        + ShellWord.of(request.source().location())
        + version
        + more
        + " -o "
        + ShellWord.of(request.output());
  }

  private interface Removal {
    void run() throws IOException;
  }

  /** What cannot be removed from staging is swept by a later command, and no reason to fail. */
  private static void dispose(Removal removal) {
    try {
      removal.run();
    } catch (IOException e) {
      // Told to nobody: there is nothing for anybody to do.
    }
  }

  /** Does all of it in the staging area. */
  private Built rehearse(Release release, BuildRequest request, Instant time, SigningKeys keys)
      throws IOException {
    Path workspace = staging.create();
    try {
      Path file = workspace.resolve(request.output().getFileName().toString());
      ReleaseArchive archive = ReleaseArchive.write(release, file, time, keys);
      requireSame(release, file, request);
      requireRoom(request, file);
      return built(release, request, archive, false);
    } finally {
      dispose(() -> staging.remove(workspace));
    }
  }

  private Built write(Release release, BuildRequest request, Instant time, SigningKeys keys)
      throws IOException {
    Path output = request.output();
    Path temporary =
        output.resolveSibling("." + output.getFileName() + ".tmp-" + environment.ids().get());
    ReleaseArchive archive = ReleaseArchive.write(release, temporary, time, keys);
    try {
      requireSame(release, temporary, request);
      boolean there = requireRoom(request, temporary);
      if (there) {
        FileWrites.delete(temporary);
      } else {
        FileWrites.rename(temporary, output);
        Durable.forceDirectory(output.getParent());
      }
      return built(release, request, archive, !there);
    } catch (IOException | RuntimeException e) {
      try {
        FileWrites.deleteIfExists(temporary);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** Only what an update makes the same release of is one. */
  private void requireSame(Release release, Path archive, BuildRequest request) throws IOException {
    Release again =
        releases.open(
            new ReleaseRequest(archive.toString(), Optional.empty(), request.source().targets()),
            Progress.NONE);
    try {
      boolean same =
          again.name().equals(release.name())
              && again.version().equals(release.version())
              && again.files().equals(release.files())
              && again.requiredCommands().equals(release.requiredCommands())
              && again.deletes().equals(release.deletes())
              && again.ignored().isEmpty();
      if (!same) {
        throw new IOException("read back, " + archive + " is not the release that was written");
      }
    } finally {
      dispose(() -> releases.discard(again));
    }
  }

  /**
   * Whether the output is there already, just as it is to be.
   *
   * @throws RefusedException if something else is there that is not to be replaced
   */
  private static boolean requireRoom(BuildRequest request, Path archive) throws IOException {
    Path output = request.output();
    if (!Presence.exists(output, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    boolean file = Presence.isRegularFile(output, LinkOption.NOFOLLOW_LINKS);
    if (file && Files.mismatch(output, archive) < 0) {
      return true;
    }
    if (!file || !request.replace()) {
      throw new RefusedException(
          Problem.of(
                  ErrorKind.UNKNOWN,
                  file ? "there is another file already" : "is no file that could be replaced")
              .inFile(output)
              .leaving("it is as it was")
              .next(file ? again(request, " --force") : "ls -ld " + ShellWord.of(output)));
    }
    return false;
  }

  private static Built built(
      Release release, BuildRequest request, ReleaseArchive archive, boolean written) {
    return new Built(
        release.name(),
        release.version(),
        release.files().size(),
        release.ignored(),
        request.output(),
        archive.sizeBytes(),
        archive.sha256(),
        written);
  }

  private Release named(Release opened, BuildRequest request) throws IOException {
    Optional<String> own = Optional.of(opened.name()).filter(name -> !name.isEmpty());
    Optional<String> name = request.name().or(() -> own);
    String found = name.isPresent() ? name.get() : folderName(request.source().location());
    if (found.isBlank() || found.chars().anyMatch(Character::isISOControl)) {
      throw new UsageException(
          Problem.of(ErrorKind.UNKNOWN, "it does not say what it is a release of")
              .leaving("nothing was written")
              .next(again(request, " --name NAME")));
    }
    return new Release(
        found,
        opened.version(),
        opened.directory(),
        opened.files(),
        opened.requiredCommands(),
        opened.deletes(),
        opened.ignored());
  }

  /** A folder is called as what it is for; a {@code .claude} as the project that it is in. */
  private String folderName(String location) throws IOException {
    if (Downloads.handles(location)) {
      return "";
    }
    Path folder = environment.expand(location, environment.workingDirectory());
    if (!Presence.isDirectory(folder)) {
      return "";
    }
    Path real = folder.toRealPath();
    boolean hidden = real.getFileName() != null && real.getFileName().toString().startsWith(".");
    Path named = hidden ? real.getParent() : real;
    return named.getFileName() == null ? "" : named.getFileName().toString();
  }

  private static void requireFolder(Path output) throws IOException {
    Path parent = output.getParent();
    if (parent == null || !Presence.isDirectory(parent)) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "the folder of the file to be built is not there")
              .inFile(output)
              .leaving("nothing was written")
              .next("mkdir -p " + ShellWord.of(parent)));
    }
  }

  private Instant entryTime() {
    String set = environment.variables().getOrDefault(ENTRY_TIME_VARIABLE, "");
    if (set.isEmpty()) {
      return ENTRY_TIME;
    }
    // Eleven octal digits are what a header of tar has room for.
    if (!set.matches("[0-9]{1,10}") || Long.parseLong(set) > 077777777777L) {
      throw new UsageException(
          Problem.of(ErrorKind.UNKNOWN, ENTRY_TIME_VARIABLE + " is no number of seconds: " + set)
              .leaving("nothing was written")
              .next("unset " + ENTRY_TIME_VARIABLE));
    }
    return Instant.ofEpochSecond(Long.parseLong(set));
  }
}
