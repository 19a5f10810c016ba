package dev.stravinsky.testkit.crash;

import dev.stravinsky.testkit.fs.FaultFileSystem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes files out of inodes. */
final class ImageWriter {
  private final Map<Long, Inode> inodes;
  private final Map<Long, Path> written = new HashMap<>();
  private final FaultFileSystem disk = FaultFileSystem.inMemory();

  ImageWriter(Map<Long, Inode> inodes) {
    this.inodes = inodes;
  }

  FaultFileSystem write(long top) throws IOException {
    Path root = disk.getPath("/");
    written.put(top, root);
    fill(root, inodes.get(top));
    for (Map.Entry<Long, Path> each : written.entrySet()) {
      disk.showInode(each.getValue(), each.getKey());
    }
    return disk;
  }

  private void fill(Path directory, Inode inode) throws IOException {
    for (Map.Entry<String, Long> child : inode.entries().entrySet()) {
      write(directory.resolve(disk.getPath(child.getKey())), child.getValue());
    }
    attribute(directory, inode);
  }

  private void write(Path path, long number) throws IOException {
    Inode inode = inodes.get(number);
    Path first = written.putIfAbsent(number, path);
    if (first != null) {
      Files.createLink(path, first);
      return;
    }
    switch (inode.kind()) {
      case LINK -> Files.createSymbolicLink(path, disk.getPath(inode.linkTarget()));
      case DIRECTORY -> {
        Files.createDirectory(path);
        fill(path, inode);
      }
      case FILE -> {
        Files.write(path, inode.content());
        attribute(path, inode);
      }
    }
  }

  private static void attribute(Path path, Inode inode) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    view.setPermissions(inode.attributes().permissions());
    view.setTimes(inode.attributes().modified(), null, null);
    if (!inode.attributes().named().isEmpty()) {
      UserDefinedFileAttributeView named =
          Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
      for (Map.Entry<String, List<Byte>> each : inode.attributes().named().entrySet()) {
        ByteBuffer value = ByteBuffer.allocate(each.getValue().size());
        each.getValue().forEach(value::put);
        named.write(each.getKey(), value.flip());
      }
    }
  }
}
