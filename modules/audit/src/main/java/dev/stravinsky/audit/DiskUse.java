package dev.stravinsky.audit;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** Adds up the sizes of all files below a directory. */
final class DiskUse extends SimpleFileVisitor<Path> {
  private long bytes;

  private DiskUse() {}

  /** 0 if there is no such directory. */
  static long of(Path directory) throws IOException {
    DiskUse use = new DiskUse();
    if (Files.isDirectory(directory)) {
      Files.walkFileTree(directory, use);
    }
    return use.bytes;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    bytes += attributes.isRegularFile() ? attributes.size() : 0;
    return FileVisitResult.CONTINUE;
  }

  /** What another process removes meanwhile does not count. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return FileVisitResult.CONTINUE;
  }
}
