package dev.stravinsky.testkit.fs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.HashMap;
import java.util.Map;

/** Copies all that is below a directory: content, modes, times, links and hard links. */
public final class TreeCopy {
  private final Map<Object, Path> copied = new HashMap<>();

  /** What is in the one directory is in the other one afterwards too, which exists. */
  public void copy(Path from, Path to) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(from)) {
      for (Path entry : entries) {
        copyEntry(entry, to.resolve(entry.getFileName().toString()));
      }
    }
  }

  private void copyEntry(Path from, Path to) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(from, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isSymbolicLink()) {
      String target = Files.readSymbolicLink(from).toString();
      Files.createSymbolicLink(to, to.getFileSystem().getPath(target));
    } else if (attributes.isDirectory()) {
      Files.createDirectories(to);
      copy(from, to);
    } else {
      Path first = copied.putIfAbsent(attributes.fileKey(), to);
      if (first != null) {
        Files.createLink(to, first);
        return;
      }
      Files.write(to, Files.readAllBytes(from));
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(to, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isSymbolicLink()) { // Which have none on Linux.
      view.setPermissions(attributes.permissions());
    }
    view.setTimes(attributes.lastModifiedTime(), attributes.lastAccessTime(), null);
  }
}
