package dev.stravinsky.backup;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.files.FileReads;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * A file's content together with the attributes it had at that moment: if the file changes while it
 * is read, it is read again.
 */
record SteadyFile(FileStat stat, ByteBuffer content) {
  private static final int ATTEMPTS = 5;

  /** A large file must be streamed. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  /**
   * Reads it.
   *
   * @param known how it looked a while ago: what looks so afterwards too was steady all the time
   * @param room gives the buffer for so many bytes, which the content is then in
   * @throws RestlessFileException if it changes at every attempt, or outgrew {@link #MAX_BYTES}
   */
  static SteadyFile read(
      Path file, FileStat known, FileStat.Reader stats, IntFunction<ByteBuffer> room)
      throws IOException {
    FileStat before = known;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (before.type() != FileStat.Type.FILE || before.size() > MAX_BYTES) {
        throw new RestlessFileException(file);
      }
      Optional<ByteBuffer> content = content(file, room.apply((int) before.size()));
      FileStat after = stats.read(file);
      if (content.isPresent() && before.sameAs(after)) {
        return new SteadyFile(before, content.get());
      }
      before = after;
    }
    throw new RestlessFileException(file);
  }

  /** Opened without following a link that somebody puts in the file's place. */
  static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  /** Empty if there is less, or more. */
  private static Optional<ByteBuffer> content(Path file, ByteBuffer content) throws IOException {
    int expected = content.remaining();
    try (FileChannel channel = open(file)) {
      boolean whole = FileReads.fill(channel, content, 0) == expected;
      return whole && channel.read(ByteBuffer.allocate(1), expected) < 0
          ? Optional.of(content.flip())
          : Optional.empty();
    }
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
