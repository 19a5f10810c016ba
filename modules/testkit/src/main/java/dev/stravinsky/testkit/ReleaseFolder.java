package dev.stravinsky.testkit;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.Release.Deletion;
import dev.stravinsky.api.release.ReleaseFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A release's folder made file by file, and the release that it would be once opened. */
public final class ReleaseFolder {
  private final Sandbox sandbox;
  private final Path directory;
  private final List<ReleaseFile> files = new ArrayList<>();
  private final List<Deletion> deletes = new ArrayList<>();

  private ReleaseFolder(Sandbox sandbox, Path directory) {
    this.sandbox = sandbox;
    this.directory = directory;
  }

  /** An empty one, which is to be in this directory. */
  public static ReleaseFolder in(Sandbox sandbox, Path directory) throws IOException {
    Files.createDirectories(directory);
    return new ReleaseFolder(sandbox, directory);
  }

  public Path directory() {
    return directory;
  }

  /** Adds a file of mode 0644; {@code path} is that in the release: {@code hooks/x.py}. */
  public ReleaseFolder file(String path, String content) throws IOException {
    return file(path, content, 0644);
  }

  public ReleaseFolder file(String path, String content, int mode) throws IOException {
    return file(path, content.getBytes(StandardCharsets.UTF_8), mode);
  }

  public ReleaseFolder file(String path, byte[] content, int mode) throws IOException {
    Path file = directory.resolve(path);
    sandbox.write(file, content, mode);
    files.add(releaseFile(path, EntryStates.regular(file)));
    return this;
  }

  public ReleaseFolder link(String path, String to) throws IOException {
    Path link = directory.resolve(path);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, link.getFileSystem().getPath(to));
    files.add(releaseFile(path, EntryStates.of(link)));
    return this;
  }

  /** Asks for a deletion; {@code contents} are those that the file may have. */
  public ReleaseFolder deletes(String path, String... contents) {
    ReleaseFile file = releaseFile(path, EntryState.ABSENT);
    List<Sha256> known = new ArrayList<>();
    for (String content : contents) {
      known.add(Sha256.of(content.getBytes(StandardCharsets.UTF_8)));
    }
    deletes.add(new Deletion(file.target(), file.path(), known));
    return this;
  }

  /** The release, as {@link dev.stravinsky.api.release.Releases#open} would describe it. */
  public Release release(String version) {
    List<ReleaseFile> sorted = new ArrayList<>(files);
    sorted.sort(Comparator.comparing(ReleaseFile::target).thenComparing(ReleaseFile::path));
    return new Release(
        "fixture", new Version(version), directory, sorted, List.of(), deletes, List.of());
  }

  private static ReleaseFile releaseFile(String path, EntryState state) {
    String single = Layout.TOP_FILES.get(path);
    int slash = path.indexOf('/');
    return single == null
        ? new ReleaseFile(path.substring(0, slash), EntryPath.of(path.substring(slash + 1)), state)
        : new ReleaseFile(single, EntryPath.of(path), state);
  }
}
