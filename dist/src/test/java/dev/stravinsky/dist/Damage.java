package dev.stravinsky.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a disk does to a file. */
final class Damage {
  private Damage() {}

  /** Turns one bit over. */
  static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  static void flipInTheMiddle(Path file) throws IOException {
    flip(file, (int) Files.size(file) / 2);
  }
}
