package dev.stravinsky.release;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.release.transport.Downloads;
import dev.stravinsky.release.transport.Expected;
import dev.stravinsky.release.transport.GitArchives;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.ReleaseSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * From what a user typed to the contents that are there: fetched if need be, its kind recognised.
 */
final class SourceLocation {
  private static final String FETCHED = "fetched";
  private static final String DOWNLOADED = "download";

  /** A server counts before it sends. */
  private static final Duration GIT_PATIENCE = Duration.ofMinutes(2);

  private final Environment environment;
  private final Limits limits;
  private final Downloads downloads;
  private final List<ReleaseSource> sources;
  private final Supplier<List<ReleaseSource>> plugins;

  /**
   * @param sources asked first, about everything
   * @param plugins asked after them, about what is not here: a plugin must not stand in the way of
   *     a file that is
   */
  SourceLocation(
      Environment environment,
      Limits limits,
      Downloads downloads,
      List<ReleaseSource> sources,
      Supplier<List<ReleaseSource>> plugins) {
    this.environment = environment;
    this.limits = limits;
    this.downloads = downloads;
    this.sources = List.copyOf(sources);
    this.plugins = plugins;
  }

  /**
   * Opens what is at the location.
   *
   * @param workspace an empty folder for what has to be fetched
   */
  Contents open(String location, Path workspace, Progress progress) throws IOException {
    Path found = resolve(location, workspace, progress);
    if (Presence.isDirectory(found)) {
      return new FolderContents(found.toRealPath(), limits);
    }
    if (!Presence.exists(found)) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "there is no release here")
              .inFile(found)
              .leaving("nothing was changed")
              .next("ls -ld " + ShellWord.of(found.getParent())));
    }
    return archive(found);
  }

  private Path resolve(String location, Path workspace, Progress progress) throws IOException {
    Optional<ReleaseSource> source = first(sources, location);
    if (source.isEmpty() && !isHere(location)) {
      source = first(plugins.get(), location);
    }
    if (source.isPresent()) {
      return fetched(source.get(), location, workspace);
    }
    if (GitArchives.handles(location)) {
      return new GitArchives(environment, GIT_PATIENCE)
          .fetch(location, limits.totalBytes(), workspace, progress);
    }
    if (Downloads.handles(location)) {
      Path file = workspace.resolve(DOWNLOADED);
      downloads.fetch(location, Expected.NOTHING, limits.totalBytes(), file, progress);
      return file;
    }
    try {
      if (!location.isBlank()) {
        return environment.expand(location, environment.workingDirectory()).normalize();
      }
    } catch (InvalidPathException e) {
      // Told below: no such file can exist.
    }
    throw new UsageException(
        Problem.of(ErrorKind.UNKNOWN, "not a path: \"" + location + "\"")
            .leaving("nothing was changed")
            .next("stravinsky update RELEASE"));
  }

  private static Optional<ReleaseSource> first(List<ReleaseSource> sources, String location) {
    return sources.stream().filter(source -> source.handles(location)).findFirst();
  }

  private boolean isHere(String location) throws IOException {
    try {
      return Presence.exists(environment.expand(location, environment.workingDirectory()));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private Path fetched(ReleaseSource source, String location, Path workspace) throws IOException {
    Path directory = workspace.resolve(FETCHED);
    FileWrites.createDirectory(directory, FileWrites.PRIVATE_DIRECTORY);
    Path file = source.fetch(location, directory, Cancellation.NEVER);
    if (!file.toRealPath().startsWith(directory.toRealPath())) {
      throw Refusals.refused(
          "the source " + source.id() + " gave a file outside of its folder: " + file);
    }
    return file;
  }

  /** Opens an archive, whatever its name. */
  Contents archive(Path file) throws IOException {
    if (!Presence.isRegularFile(file)) {
      throw Refusals.refused(file + " is neither a folder nor a file");
    }
    byte[] start;
    try (InputStream in = Files.newInputStream(file)) {
      start = in.readNBytes(4);
    }
    // The name may say what it likes.
    if (begins(start, 0x1f, 0x8b)) {
      return TarContents.open(file, limits);
    }
    if (begins(start, 'P', 'K', 3, 4) || begins(start, 'P', 'K', 5, 6)) {
      return ZipContents.open(file, limits);
    }
    throw Refusals.refused(
        file
            + (start.length == 0 ? " is an empty file" : " is a file of another type")
            + "; a release is a folder, a .tar.gz or a .zip");
  }

  private static boolean begins(byte[] start, int... magic) {
    if (start.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((start[i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
