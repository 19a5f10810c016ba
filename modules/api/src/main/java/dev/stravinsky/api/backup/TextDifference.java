package dev.stravinsky.api.backup;

import java.util.List;

/**
 * How the content of an entry differs, for people.
 *
 * @param lines the unified form with three lines around each change, from {@code ---} on; empty
 *     where there is no text to be shown
 */
public record TextDifference(Difference difference, Kind kind, List<String> lines) {
  public TextDifference {
    lines = List.copyOf(lines);
  }

  /** What there is to be shown. */
  public enum Kind {
    TEXT,
    /** No content differs, or it differs only in what is not to be shown. */
    NOTHING,
    /** Content that is no UTF-8 text. */
    BINARY,
    /** More than one would read. */
    LARGE
  }
}
