package dev.stravinsky.audit;

import dev.stravinsky.api.audit.TrailHead;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Reads the end of the live log without reading the rest. */
final class LogTail {
  private static final int FIRST_STEP = 1 << 16;

  private LogTail() {}

  /**
   * The last whole lines, newest first.
   *
   * @param complete whether these are all that the file has
   */
  record Newest(List<byte[]> lines, boolean complete) {}

  /** At most {@code most} whole lines; a half-written last one is left out. */
  static Newest newest(Path log, int most) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(log)) {
      long size = channel.size();
      for (long step = FIRST_STEP; ; step *= 4) {
        long from = Math.max(0, size - step);
        byte[] tail = read(channel, from, (int) (size - from));
        List<byte[]> lines = wholeLines(tail, from == 0);
        if (lines.size() >= most || from == 0) {
          List<byte[]> newest = lines.reversed();
          return new Newest(
              newest.subList(0, Math.min(most, newest.size())), from == 0 && newest.size() <= most);
        }
      }
    } catch (NoSuchFileException e) {
      return new Newest(List.of(), true);
    }
  }

  /** The whole lines within the last bytes. */
  static Newest newestWithin(Path log, int bytes) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(log)) {
      long from = Math.max(0, channel.size() - bytes);
      byte[] tail = read(channel, from, (int) (channel.size() - from));
      return new Newest(wholeLines(tail, from == 0).reversed(), from == 0);
    } catch (NoSuchFileException e) {
      return new Newest(List.of(), true);
    }
  }

  /** The last event of the trail; of lines that are no events the one before. */
  static TrailHead head(TrailFiles files) throws IOException {
    Optional<Link> last = lastLink(newest(files.log(), 1).lines());
    if (last.isEmpty()) {
      last = lastLink(newest(files.log(), 1000).lines());
    }
    Deque<Archive> archives = new ArrayDeque<>(files.archives());
    while (last.isEmpty() && !archives.isEmpty()) {
      last = lastLink(allLines(archives.removeLast().file()));
    }
    return last.map(Link::head).orElse(TrailHead.EMPTY);
  }

  private static Optional<Link> lastLink(List<byte[]> newestFirst) {
    return newestFirst.stream().flatMap(line -> Link.of(line).stream()).findFirst();
  }

  private static List<byte[]> allLines(Path segment) throws IOException {
    List<byte[]> last = new ArrayList<>();
    try (Lines lines = Lines.open(segment)) {
      for (var line = lines.next(); line.isPresent(); line = lines.next()) {
        if (Link.of(line.get().bytes()).isPresent()) {
          last.clear();
          last.add(line.get().bytes());
        }
      }
    }
    return last;
  }

  private static List<byte[]> wholeLines(byte[] tail, boolean fromStart) {
    List<byte[]> lines = new ArrayList<>();
    int start = fromStart ? 0 : -1;
    for (int i = 0; i < tail.length; i++) {
      if (tail[i] == '\n') {
        if (start >= 0) {
          lines.add(Arrays.copyOfRange(tail, start, i));
        }
        start = i + 1;
      }
    }
    return lines;
  }

  private static byte[] read(SeekableByteChannel channel, long from, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    channel.position(from);
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // Until it is full or the file was cut meanwhile.
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
