package dev.stravinsky.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is below a directory, to be compared before and after: an oracle that shares no code with
 * the product.
 */
public final class Tree {
  private Tree() {}

  /**
   * For each path below {@code top} its type, mode, and content or link target; empty if absent.
   */
  public static SortedMap<String, String> of(Path top) throws IOException {
    SortedMap<String, String> tree = new TreeMap<>();
    if (!Files.exists(top)) {
      return tree;
    }
    try (Stream<Path> below = Files.walk(top)) {
      below
          .filter(path -> !path.equals(top))
          .forEach(path -> tree.put(top.relativize(path).toString(), describe(path)));
    }
    return tree;
  }

  private static String describe(Path path) {
    try {
      if (Files.isSymbolicLink(path)) {
        return "link " + Files.readSymbolicLink(path);
      }
      String mode =
          PosixFilePermissions.toString(
              Files.getFileAttributeView(path, PosixFileAttributeView.class)
                  .readAttributes()
                  .permissions());
      return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
          ? "directory " + mode
          : "file " + mode + " " + HexFormat.of().formatHex(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
