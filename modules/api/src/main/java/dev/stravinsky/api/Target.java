package dev.stravinsky.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A set of files that is guarded as one, with an archive of its own in every backup.
 *
 * @param name {@code hooks}, {@code commands}, {@code settings}, ...; names the archive and the
 *     folder in a release
 * @param scope whose it is
 * @param root the absolute path of its directory, resolved to its real place where it exists
 * @param files the names in {@code root} that it is made of; empty for the whole tree below it
 */
public record Target(String name, Scope scope, Path root, List<String> files) {
  public Target {
    Objects.requireNonNull(scope);
    if (name.isEmpty() || !EntryPath.of(name).parent().equals(EntryPath.ROOT)) {
      throw new IllegalArgumentException("not a target's name: " + name);
    }
    if (!root.isAbsolute()) {
      throw new IllegalArgumentException("a target's root is absolute: " + root);
    }
    files = List.copyOf(files);
  }

  /** A directory and all below it. */
  public static Target tree(String name, Scope scope, Path root) {
    return new Target(name, scope, root, List.of());
  }

  /** Whether it is a whole directory and not single files of one. */
  public boolean isTree() {
    return files.isEmpty();
  }

  /** Whether a path relative to the root can belong to this target. */
  public boolean covers(EntryPath path) {
    return isTree() || path.text().filter(files::contains).isPresent();
  }

  /** The place of an entry in a release, an archive's level folder and messages. */
  public String describe(EntryPath path) {
    return isTree() ? name + "/" + path.readable() : path.readable();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Target that
        && name.equals(that.name)
        && scope.equals(that.scope)
        && root.equals(that.root)
        && files.equals(that.files);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + root.hashCode();
  }
}
