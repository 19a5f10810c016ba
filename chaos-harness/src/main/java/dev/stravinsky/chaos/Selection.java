package dev.stravinsky.chaos;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.function.Predicate;
import java.util.regex.PatternSyntaxException;

/** Which cells are meant by what was typed. */
final class Selection {
  private Selection() {}

  /**
   * A glob over the whole id ({@code update/*}, {@code *}{@code /power-cut}), or a part of it.
   *
   * @throws IllegalArgumentException if it is no glob
   */
  static Predicate<Cell> of(String pattern) {
    Predicate<String> ids = ofIds(pattern);
    return cell -> ids.test(cell.id());
  }

  /** The same of the ids alone. */
  static Predicate<String> ofIds(String pattern) {
    if (!pattern.contains("*") && !pattern.contains("{") && !pattern.contains("?")) {
      return id -> id.contains(pattern);
    }
    try {
      PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
      return id -> glob.matches(Path.of(id));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("no pattern: " + pattern, e);
    }
  }
}
