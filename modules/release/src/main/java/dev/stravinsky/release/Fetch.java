package dev.stravinsky.release;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.release.transport.Downloads;
import dev.stravinsky.release.transport.Expected;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Gets what belongs to a channel, from a web server or the disk; never more than it may be. */
final class Fetch {
  private static final String ARCHIVE = "offered";

  private final Path root;
  private final StagingArea staging;
  private final Downloads downloads;

  /**
   * @param root any path of the file system that locations on the disk are of
   */
  Fetch(Path root, StagingArea staging, Downloads downloads) {
    this.root = root;
    this.staging = staging;
    this.downloads = downloads;
  }

  /** Whether a location is on a web server. */
  static boolean isRemote(String location) {
    return Downloads.handles(location);
  }

  /** A small file's content; empty if it is not there. */
  Optional<byte[]> bytes(String location, int limitBytes) throws IOException {
    if (!isRemote(location)) {
      Path file = root.getFileSystem().getPath(location);
      return Presence.exists(file)
          ? Optional.of(read(file, location, limitBytes))
          : Optional.empty();
    }
    Path workspace = staging.create();
    try {
      Path file = workspace.resolve(ARCHIVE);
      downloads.fetch(location, Expected.NOTHING, limitBytes, file, Progress.NONE);
      return Optional.of(read(file, location, limitBytes));
    } catch (NotFoundException e) {
      return Optional.empty();
    } finally {
      staging.remove(workspace);
    }
  }

  private static byte[] read(Path file, String location, int limitBytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] content = in.readNBytes(limitBytes + 1);
      if (content.length > limitBytes) {
        throw Refusals.refused(location + " is larger than " + limitBytes + " bytes");
      }
      return content;
    }
  }

  /** The archive that is offered, in the workspace: a copy that nobody changes meanwhile. */
  Path archive(Offer offer, Path workspace, Progress progress) throws IOException {
    Path file = workspace.resolve(ARCHIVE);
    if (isRemote(offer.location())) {
      Expected expected = Expected.exactly(offer.sizeBytes(), offer.sha256());
      downloads.fetch(offer.location(), expected, offer.sizeBytes(), file, progress);
      return file;
    }
    copy(root.getFileSystem().getPath(offer.location()), offer.sizeBytes(), file);
    Sha256 sha256 = Checksums.of(file);
    if (Files.size(file) != offer.sizeBytes() || !sha256.equals(offer.sha256())) {
      throw Refusals.refused(
          offer.location()
              + " is not the file that the channel names for "
              + offer.version()
              + ": its "
              + (Files.size(file) == offer.sizeBytes() ? "checksum" : "size")
              + " is another");
    }
    return file;
  }

  /** Puts what is at a location into a file; of what is larger, a byte too much. */
  void file(String location, long limitBytes, Path into, Progress progress) throws IOException {
    if (isRemote(location)) {
      downloads.fetch(location, Expected.NOTHING, limitBytes, into, progress);
    } else {
      copy(root.getFileSystem().getPath(location), limitBytes, into);
    }
  }

  private static void copy(Path from, long limitBytes, Path to) throws IOException {
    try (InputStream in = new Capped(Files.newInputStream(from), limitBytes + 1)) {
      FileWrites.create(to, in, FileWrites.PRIVATE_FILE);
    } catch (NoSuchFileException e) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "there is no such file")
              .inFile(from)
              .leaving("nothing was changed")
              .next("stravinsky update --list"));
    }
  }

  /** Ends after so many bytes: one more than expected is enough to see that it is too large. */
  private static final class Capped extends FilterInputStream {
    private long left;

    Capped(InputStream in, long bytes) {
      super(in);
      this.left = bytes;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = left <= 0 ? -1 : super.read(buffer, offset, (int) Math.min(length, left));
      left -= Math.max(n, 0);
      return n;
    }
  }
}
