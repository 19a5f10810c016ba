package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseFile;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A release as a {@code .tar.gz}: {@code release.json} first, then the files in its order. The same
 * release gives the same bytes, as long as Java's own zlib is the same.
 *
 * @param sizeBytes the archive's size
 * @param sha256 the archive's checksum
 */
record ReleaseArchive(long sizeBytes, Sha256 sha256) {
  private static final int PUBLIC_FILE = 0644;
  private static final int BUFFER_BYTES = 64 * 1024;

  /**
   * Writes it into a new file and forces that. A file that could not be written whole is removed.
   *
   * @param time of every entry
   * @param keys sign its description
   */
  static ReleaseArchive write(Release release, Path file, Instant time, SigningKeys keys)
      throws IOException {
    try (FileChannel channel = FileWrites.create(file)) {
      try {
        MessageDigest digest = Sha256.newDigest();
        OutputStream hashed = new DigestOutputStream(Channels.newOutputStream(channel), digest);
        write(release, new Gzip(new BufferedOutputStream(new Unclosed(hashed))), time, keys);
        long size = channel.position();
        Durable.force(channel);
        FileWrites.setMode(file, PUBLIC_FILE);
        return new ReleaseArchive(size, Sha256.from(digest));
      } catch (IOException | RuntimeException e) {
        try {
          FileWrites.deleteIfExists(file);
        } catch (IOException second) {
          e.addSuppressed(second);
        }
        throw e;
      }
    }
  }

  private static void write(Release release, OutputStream out, Instant time, SigningKeys keys)
      throws IOException {
    try (TarWriter tar = new TarWriter(out, time)) {
      byte[] descriptor = DescriptorWriter.write(release);
      tar.file(
          EntryPath.of(Layout.DESCRIPTOR),
          PUBLIC_FILE,
          descriptor.length,
          new ByteArrayInputStream(descriptor));
      if (!keys.isEmpty()) {
        byte[] signature = keys.sign(descriptor);
        tar.file(
            EntryPath.of(Layout.DESCRIPTOR_SIGNATURE),
            PUBLIC_FILE,
            signature.length,
            new ByteArrayInputStream(signature));
      }
      for (ReleaseFile file : release.files()) {
        EntryPath path = Placement.inRelease(file.target(), file.path());
        switch (file.state()) {
          case EntryState.Link link -> tar.link(path, EntryNames.decodeLink(link.target()));
          case EntryState.Regular regular -> {
            try (InputStream content = Files.newInputStream(release.content(file))) {
              tar.file(path, regular.mode(), regular.sizeBytes(), content);
            }
          }
          default -> throw new IllegalArgumentException("no state of a release's file: " + file);
        }
      }
    }
  }

  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out) throws IOException {
      super(out, BUFFER_BYTES);
      def.setLevel(Deflater.BEST_COMPRESSION);
    }
  }

  /** The end of the archive is not the end of the channel, which has to be forced. */
  private static final class Unclosed extends java.io.FilterOutputStream {
    Unclosed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
