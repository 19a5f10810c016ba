package dev.stravinsky.release.transport;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.error.DownloadFailedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.files.FileWrites;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Gets releases out of git repositories, near and far, by the program {@code git}: the newest state
 * of a branch or tag, or a commit, is fetched without its history and packed as {@code git archive}
 * packs it, each file as it was committed. Nothing is checked out: no filter, no hook and no
 * submodule has a part in it, and no setting of the user's changes line ends.
 */
public final class GitArchives {
  private static final String REPOSITORY = "git";
  private static final String ARCHIVE = "git.tar.gz";

  /**
   * Counts before what a repository says of its files, which could name any filter that this user
   * has set up; to archive runs them like a checkout.
   */
  private static final String ATTRIBUTES = "* -text !filter !ident !working-tree-encoding\n";

  private final Environment environment;
  private final Duration patience;

  /**
   * @param patience git is given up when it fetched nothing for so long
   */
  public GitArchives(Environment environment, Duration patience) {
    this.environment = environment;
    this.patience = patience;
  }

  /** Whether a location is for git. */
  public static boolean handles(String location) {
    return GitAddress.isOne(location);
  }

  /**
   * The archive, in this folder.
   *
   * @param limitBytes more than that is neither fetched nor packed
   * @throws dev.stravinsky.api.error.UsageException if the location is no repository and ref
   * @throws NotFoundException if there is no program {@code git}
   * @throws DownloadFailedException in git's words
   * @throws RefusedException if it is larger than the limit
   */
  public Path fetch(String location, long limitBytes, Path directory, Progress progress)
      throws IOException {
    GitAddress address = GitAddress.of(location, environment);
    GitProgram git =
        new GitProgram(program(), directory.resolve(REPOSITORY), environment.variables());
    try {
      OutputStream nowhere = OutputStream.nullOutputStream();
      var growth = new Growth(directory.resolve(REPOSITORY), address, limitBytes, progress);
      git.run(nowhere, growth, "init", "--quiet", "--bare", "--template=");
      setAttributes(directory.resolve(REPOSITORY));
      git.quietSsh(growth);
      git.run(
          nowhere,
          growth,
          "fetch",
          "--quiet",
          "--depth=1",
          "--no-tags",
          "--",
          address.repository(),
          address.ref());
      return pack(git, address, limitBytes, directory.resolve(ARCHIVE));
    } catch (GitProgram.GitFailedException e) {
      throw failed(address, Redaction.of(e.getMessage()), e);
    }
  }

  private static void setAttributes(Path repository) throws IOException {
    Path info = repository.resolve("info");
    if (!Presence.isDirectory(info)) {
      FileWrites.createDirectory(info, FileWrites.PRIVATE_DIRECTORY);
    }
    byte[] content = ATTRIBUTES.getBytes(StandardCharsets.UTF_8);
    FileWrites.create(info.resolve("attributes"), content, FileWrites.PRIVATE_FILE);
  }

  private Path pack(GitProgram git, GitAddress address, long limitBytes, Path file)
      throws IOException {
    try (FileChannel channel = FileWrites.create(file);
        OutputStream packed = new GZIPOutputStream(Channels.newOutputStream(channel));
        Limited out = new Limited(packed, limitBytes)) {
      try {
        git.run(out, () -> {}, "archive", "--format=tar", "FETCH_HEAD");
      } catch (IOException e) {
        if (out.over) {
          throw tooLarge(address, limitBytes);
        }
        throw e;
      }
    }
    return file;
  }

  private Path program() {
    return GitProgram.find(environment)
        .orElseThrow(
            () ->
                new NotFoundException(
                    Problem.of(ErrorKind.DEPENDENCY_MISSING, "the program git is not on the PATH")
                        .leaving("nothing was changed")
                        .next("command -v git")));
  }

  private static RefusedException tooLarge(GitAddress address, long limitBytes) {
    return new RefusedException(
        Problem.of(ErrorKind.UNKNOWN, address + " is larger than " + limitBytes + " bytes")
            .leaving("nothing was changed")
            .next("git ls-remote " + ShellWord.of(Redaction.of(address.repository()))));
  }

  private static DownloadFailedException failed(
      GitAddress address, String reason, IOException cause) {
    return new DownloadFailedException(
        Problem.of(ErrorKind.UNKNOWN, "could not fetch " + address + ": " + reason)
            .leaving("nothing was changed")
            .next("git ls-remote " + ShellWord.of(Redaction.of(address.repository()))),
        cause);
  }

  /** Looks at what git has fetched so far: too much, and nothing for too long, end it. */
  private final class Growth implements GitProgram.Watch {
    private final Path repository;
    private final GitAddress address;
    private final long limitBytes;
    private final Progress progress;
    private long size;
    private long grewAt = System.nanoTime();

    Growth(Path repository, GitAddress address, long limitBytes, Progress progress) {
      this.repository = repository;
      this.address = address;
      this.limitBytes = limitBytes;
      this.progress = progress;
    }

    @Override
    public void look() throws IOException {
      long now = size(repository);
      if (now > limitBytes) {
        throw tooLarge(address, limitBytes);
      }
      if (now != size) {
        size = now;
        grewAt = System.nanoTime();
        progress.report("Fetching", now, 0);
      }
      if (System.nanoTime() - grewAt > patience.toNanos()) {
        String reason = "nothing came for " + patience.toSeconds() + " seconds";
        throw failed(address, reason, new IOException(reason));
      }
    }
  }

  /** Files come and go while git is at work. */
  private static long size(Path directory) throws IOException {
    long size = 0;
    try (Stream<Path> below = Files.list(directory)) {
      for (Path each : below.toList()) {
        size += Presence.isDirectory(each) ? size(each) : Files.size(each);
      }
    } catch (NoSuchFileException e) {
      return size;
    }
    return size;
  }

  /** Takes no more than so much, and remembers that it was asked to. */
  private static final class Limited extends FilterOutputStream {
    private long left;
    private volatile boolean over;

    Limited(OutputStream out, long limitBytes) {
      super(out);
      this.left = limitBytes;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      left -= length;
      if (left < 0) {
        over = true;
        throw new IOException("more than the limit");
      }
      out.write(bytes, offset, length);
    }
  }
}
