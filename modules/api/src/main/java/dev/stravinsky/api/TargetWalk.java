package dev.stravinsky.api;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads which entries a target has on disk now. Links are not followed. */
public final class TargetWalk {
  /** Names that begin so are transactions' folders and never belong to a target. */
  public static final String TRANSACTION_PREFIX = ".stravinsky-";

  private TargetWalk() {}

  /**
   * The target as it is. A root that does not exist gives an empty view.
   *
   * @throws IOException if anything below cannot be read or listed; a partial view is never
   *     returned
   */
  public static TargetView live(Target target) throws IOException {
    return live(target, List.of());
  }

  /**
   * The same without what other targets are made of that lie within this one: of their trees only
   * the directory itself belongs to it.
   */
  static TargetView live(Target target, List<Path> others) throws IOException {
    List<TargetView.Node> nodes = new ArrayList<>();
    List<TargetView.Node> special = new ArrayList<>();
    if (!target.isTree()) {
      for (String name : target.files()) {
        Path file = target.root().resolve(name);
        Optional<BasicFileAttributes> found = Presence.attributes(file, LinkOption.NOFOLLOW_LINKS);
        if (found.isPresent()) {
          (found.get().isOther() ? special : nodes)
              .add(node(EntryPath.of(name), file, found.get().isSymbolicLink()));
        }
      }
    } else if (Presence.exists(target.root())) {
      Path root = target.root();
      Files.walkFileTree(root, new Collector(root, others, nodes, special));
    }
    return new TargetView(target, nodes, special);
  }

  private static TargetView.Node node(EntryPath path, Path file, boolean isLink)
      throws IOException {
    Optional<Path> end = Optional.empty();
    if (isLink && leadsToFile(file)) {
      end = Optional.of(file.toRealPath());
    }
    return new TargetView.Node(path, file, end, Origin.USER);
  }

  /**
   * Where this user may not look, nothing can be kept or changed either. Where a disk does not
   * answer, the content would be missing in a backup, unseen.
   */
  private static boolean leadsToFile(Path link) throws IOException {
    try {
      return Presence.isRegularFile(link);
    } catch (AccessDeniedException e) {
      return false;
    }
  }

  private static final class Collector extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> others;
    private final List<TargetView.Node> nodes;
    private final List<TargetView.Node> special;

    Collector(
        Path root, List<Path> others, List<TargetView.Node> nodes, List<TargetView.Node> special) {
      this.root = root;
      this.others = others;
      this.nodes = nodes;
      this.special = special;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
        throws IOException {
      if (!dir.equals(root)) {
        if (dir.getFileName().toString().startsWith(TRANSACTION_PREFIX)) {
          return FileVisitResult.SKIP_SUBTREE;
        }
        nodes.add(node(EntryPath.relativize(root, dir), dir, false));
        if (isOthers(dir)) {
          return FileVisitResult.SKIP_SUBTREE;
        }
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      if (!others.contains(file)) {
        (attributes.isOther() ? special : nodes)
            .add(node(EntryPath.relativize(root, file), file, attributes.isSymbolicLink()));
      }
      return FileVisitResult.CONTINUE;
    }

    private boolean isOthers(Path dir) throws IOException {
      for (Path other : others) {
        if (Presence.isDirectory(other) && Files.isSameFile(other, dir)) {
          return true;
        }
      }
      return false;
    }
  }
}
