package dev.stravinsky.api;

import java.nio.file.Path;

/**
 * A path in a target.
 *
 * @param path relative to the target's root
 */
public record TargetPath(Target target, EntryPath path) {

  /** The live path. */
  public Path live() {
    return path.resolveIn(target.root());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TargetPath that && path.equals(that.path) && target.equals(that.target);
  }

  @Override
  public int hashCode() {
    return 31 * target.hashCode() + path.hashCode();
  }

  /** For people, as {@link Target#describe} says it. */
  @Override
  public String toString() {
    return target.describe(path);
  }
}
