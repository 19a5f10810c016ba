package dev.stravinsky.api;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The entries of a target as they are, or as they would be after a change: for each path the place
 * where its content can be read now. A view of the result of an update has unchanged files at their
 * live place and new ones in staging.
 */
public final class TargetView {
  private final Target target;
  private final SortedMap<EntryPath, Node> nodes;
  private final SortedMap<EntryPath, Node> special;

  public TargetView(Target target, Collection<Node> nodes) {
    this(target, nodes, List.of());
  }

  /** With what is {@linkplain #special() neither a file, a link nor a directory}. */
  public TargetView(Target target, Collection<Node> nodes, Collection<Node> special) {
    this(target, byPath(nodes), byPath(special));
  }

  private static SortedMap<EntryPath, Node> byPath(Collection<Node> nodes) {
    SortedMap<EntryPath, Node> sorted = new TreeMap<>();
    nodes.forEach(node -> sorted.put(node.path(), node));
    return Collections.unmodifiableSortedMap(sorted);
  }

  public Target target() {
    return target;
  }

  /** All entries in the order of their bytes: a directory stands before what is in it. */
  public Collection<Node> nodes() {
    return nodes.values();
  }

  public Optional<Node> node(EntryPath path) {
    return Optional.ofNullable(nodes.get(path));
  }

  /**
   * Pipes, sockets and devices. They have no content that could be kept, and opening one may wait
   * for ever or set something off: so they are in no backup, no change touches them, and they are
   * not among the nodes.
   */
  public Collection<Node> special() {
    return special.values();
  }

  /** What is at a path, be it special or not. */
  public Optional<Node> anything(EntryPath path) {
    return node(path).or(() -> Optional.ofNullable(special.get(path)));
  }

  /** The same entries, each marked with where it comes from. */
  public TargetView withOrigins(Predicate<EntryPath> released) {
    SortedMap<EntryPath, Node> marked = new TreeMap<>(nodes);
    marked.replaceAll(
        (path, node) -> node.withOrigin(released.test(path) ? Origin.RELEASE : Origin.USER));
    return new TargetView(target, Collections.unmodifiableSortedMap(marked), special);
  }

  private TargetView(
      Target target, SortedMap<EntryPath, Node> nodes, SortedMap<EntryPath, Node> special) {
    this.target = Objects.requireNonNull(target);
    this.nodes = nodes;
    this.special = special;
  }

  /**
   * One entry.
   *
   * @param path its path in the target
   * @param location where the entry itself (a link not followed) can be read now
   * @param linkEnd where the content is, if the entry is a link to a regular file; an update writes
   *     there, so the link stays a link
   * @param origin who brought it
   */
  public record Node(EntryPath path, Path location, Optional<Path> linkEnd, Origin origin) {
    public Node {
      Objects.requireNonNull(path);
      Objects.requireNonNull(location);
      Objects.requireNonNull(linkEnd);
      Objects.requireNonNull(origin);
    }

    /** Where the content of a file, or of the file that a link leads to, can be read. */
    public Path content() {
      return linkEnd.orElse(location);
    }

    public Node withOrigin(Origin who) {
      return new Node(path, location, linkEnd, who);
    }
  }
}
