package dev.stravinsky.backup;

import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.FileSystemSync;
import dev.stravinsky.files.Durable;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Brings a folder's files to the disk: by one call for the whole file system, opened before
 * anything is written, so that errors in between are told; file by file where there is no such
 * call.
 */
final class FolderForce implements AutoCloseable {
  private final Optional<FileSystemSync> sync;
  private final Path folder;

  private FolderForce(Optional<FileSystemSync> sync, Path folder) {
    this.sync = sync;
    this.folder = folder;
  }

  /** To be opened before {@code folder} is made, in a directory that exists. */
  static FolderForce open(PlatformFiles platform, Path folder) throws IOException {
    try {
      return new FolderForce(Optional.of(platform.openSync(folder.getParent())), folder);
    } catch (UnsupportedOperationException e) {
      return new FolderForce(Optional.empty(), folder);
    }
  }

  void force() throws IOException {
    if (sync.isPresent()) {
      sync.get().sync();
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        Durable.force(file);
      }
    }
    Durable.forceDirectory(folder);
    Durable.forceDirectory(folder.getParent());
  }

  @Override
  public void close() {
    sync.ifPresent(FileSystemSync::close);
  }
}
