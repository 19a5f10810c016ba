package dev.stravinsky.release.transport;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.files.FileWrites;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;

/** A file as far as it has arrived, and what the server said of it when it began to. */
final class PartialFile implements Closeable {
  private final FileChannel channel;
  private final MessageDigest digest = Sha256.newDigest();
  private Optional<String> validator = Optional.empty();
  private OptionalLong total = OptionalLong.empty();
  private long size;
  private boolean stitched;

  /** A new empty one; throws if anything is there. */
  PartialFile(Path file) throws IOException {
    this.channel = FileWrites.create(file);
  }

  /** Forgets what came; what comes now is told to be so long, and can be continued by this. */
  void begin(Optional<String> newValidator, OptionalLong newTotal) throws IOException {
    channel.truncate(0); // And with it where the next bytes go.
    digest.reset();
    size = 0;
    stitched = false;
    validator = newValidator;
    total = newTotal;
  }

  /** What comes now continues what is there, which was promised to be so long in all. */
  void resume(long wholeSize) {
    total = OptionalLong.of(wholeSize);
    stitched = true;
  }

  void append(byte[] bytes, int length) throws IOException {
    FileWrites.writeFully(channel, ByteBuffer.wrap(bytes, 0, length));
    digest.update(bytes, 0, length);
    size += length;
  }

  /** What is missing, if the server can say whether it is still the same file. */
  Optional<Requests.Range> missing() {
    return size == 0 ? Optional.empty() : validator.map(it -> new Requests.Range(size, it));
  }

  long size() {
    return size;
  }

  OptionalLong total() {
    return total;
  }

  Optional<String> validator() {
    return validator;
  }

  /** Whether it comes from more than one answer. */
  boolean stitched() {
    return stitched;
  }

  /** The checksum of a whole file; nothing can be appended after it. */
  Sha256 sha256() {
    return Sha256.from(digest);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
