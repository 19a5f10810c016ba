package dev.stravinsky.release;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.release.ChannelDocument.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A release's archive on its way into a channel: a hidden file in the channel's folder that was
 * checked as an update checks it. It gets its name when it is published, and is removed if it never
 * is.
 */
final class OfferedArchive implements AutoCloseable {
  private static final int PUBLIC_FILE = 0644;

  private final Path file;
  private final Checked checked;
  private final Sha256 sha256;
  private boolean published;

  private OfferedArchive(Path file, Checked checked, Sha256 sha256) {
    this.file = file;
    this.checked = checked;
    this.sha256 = sha256;
  }

  /** Gets archives, or makes them, and looks at them as an update does. */
  interface Opening {
    /**
     * Puts the release's archive into this file, which is not there yet.
     *
     * @param keys what signs an archive that has to be made first
     * @throws dev.stravinsky.api.error.RefusedException if an update would refuse it
     */
    Checked open(ReleaseRequest release, Path into, List<Path> keys, Progress progress)
        throws IOException;
  }

  /**
   * What a release says of itself.
   *
   * @param descriptor the checksum of its {@code release.json}
   * @param ending how a file of its kind is called
   */
  record Checked(String name, Version version, Sha256 descriptor, String ending) {}

  static OfferedArchive take(
      Path folder, ReleaseRequest release, List<Path> keys, Opening opening, Progress progress)
      throws IOException {
    Path file = folder.resolve(".incoming");
    try {
      Checked checked = opening.open(release, file, keys, progress);
      FileWrites.setMode(file, PUBLIC_FILE);
      Durable.force(file);
      return new OfferedArchive(file, checked, Checksums.of(file));
    } catch (IOException | RuntimeException e) {
      try {
        FileWrites.deleteIfExists(file);
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  String name() {
    return checked.name();
  }

  Version version() {
    return checked.version();
  }

  Sha256 sha256() {
    return sha256;
  }

  /** Gives the file its name; durable, before the channel names it. */
  Entry publish(ChannelDocument channel, Instant now, String notes) throws IOException {
    String plain = (name() + "-" + version()).replaceAll("[^A-Za-z0-9._-]", "_");
    String wanted = plain + checked.ending();
    boolean taken = channel.entries().stream().anyMatch(entry -> entry.url().equals(wanted));
    String url = taken ? plain + "-" + sha256.hex().substring(0, 8) + checked.ending() : wanted;
    Path place = file.resolveSibling(url);
    long size = Files.size(file);
    FileWrites.rename(file, place);
    Durable.forceDirectory(place.toAbsolutePath().getParent());
    published = true;
    return new Entry(
        version(),
        url,
        size,
        sha256,
        checked.descriptor(),
        Optional.of(now.truncatedTo(ChronoUnit.SECONDS)),
        notes,
        Optional.empty());
  }

  @Override
  public void close() throws IOException {
    if (!published) {
      FileWrites.deleteIfExists(file);
    }
  }
}
