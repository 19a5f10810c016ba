package dev.stravinsky.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads from any place of a file, whatever the channel's position is. */
public final class FileReads {
  private FileReads() {}

  /**
   * Fills what remains of the buffer with the file's bytes from {@code at} on; with fewer where the
   * file ends before.
   *
   * @return how many bytes were read
   */
  public static int fill(FileChannel channel, ByteBuffer into, long at) throws IOException {
    int total = 0;
    while (into.hasRemaining()) {
      int n = channel.read(into, at + total);
      if (n < 0) {
        break;
      }
      total += n;
    }
    return total;
  }
}
