package dev.stravinsky.backup;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/**
 * A file's content together with the attributes it had at that moment: if the file changes while it
 * is read, it is read again.
 */
record SteadyFile(FileStat stat, byte[] content) {
  private static final int ATTEMPTS = 5;

  /** A large file must be streamed. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  /**
   * Reads it.
   *
   * @throws RestlessFileException if it changes at every attempt, or outgrew {@link #MAX_BYTES}
   */
  static SteadyFile read(Path file, FileStat.Reader stats) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      FileStat before = stats.read(file);
      if (before.type() != FileStat.Type.FILE || before.size() > MAX_BYTES) {
        throw new RestlessFileException(file);
      }
      byte[] content = content(file, (int) before.size());
      if (content.length == before.size() && before.sameAs(stats.read(file))) {
        return new SteadyFile(before, content);
      }
    }
    throw new RestlessFileException(file);
  }

  /** Opened without following a link that somebody puts in the file's place. */
  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  private static byte[] content(Path file, int expected) throws IOException {
    // One byte more than expected, so that growth shows.
    ByteBuffer buffer = ByteBuffer.allocate(expected + 1);
    try (FileChannel channel = open(file)) {
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
        continue;
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** A file does not come to rest: somebody writes it all the time. */
  static final class RestlessFileException extends StravinskyException {
    private static final long serialVersionUID = 1L;

    RestlessFileException(Path file) {
      super(
          ExitStatus.BLOCKED,
          Problem.of(ErrorKind.FILE_LOCKED, "the file changes while it is read")
              .inFile(file)
              .leaving("no backup was made, nothing was changed")
              .next("end the program that writes it, then type the command again"));
    }
  }
}
