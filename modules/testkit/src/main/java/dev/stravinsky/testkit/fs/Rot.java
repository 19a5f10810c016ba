package dev.stravinsky.testkit.fs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;

/** Changes what is stored, in place, and lets nobody see by the times that it did. */
final class Rot {
  private Rot() {}

  static void damage(Path file, Damage damage) throws IOException {
    byte[] good = Files.readAllBytes(file);
    byte[] bad = damage.appliedTo(good);
    if (Arrays.equals(good, bad)) {
      throw new IllegalArgumentException(damage + " changes nothing in " + file);
    }
    BasicFileAttributeView view = Files.getFileAttributeView(file, BasicFileAttributeView.class);
    BasicFileAttributes before = view.readAttributes();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(bad.length);
      for (ByteBuffer left = ByteBuffer.wrap(bad); left.hasRemaining(); ) {
        channel.write(left);
      }
    }
    view.setTimes(before.lastModifiedTime(), before.lastAccessTime(), before.creationTime());
  }
}
