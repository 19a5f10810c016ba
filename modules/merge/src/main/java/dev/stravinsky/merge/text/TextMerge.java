package dev.stravinsky.merge.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Texts merged by lines. The kind of line ends, and whether the last line has one, are changes of
 * their own: an editor that writes all line ends anew changes no line.
 */
public final class TextMerge {
  private static final String UNIX = "\n";
  private static final String DOS = "\r\n";

  private TextMerge() {}

  /** A text taken apart; {@code ended} is whether the last line has an end too. */
  private record Lines(List<String> lines, String end, boolean ended) {

    static Lines of(String text, String end) {
      List<String> lines = new ArrayList<>();
      int from = 0;
      for (int to = text.indexOf(end); to >= 0; to = text.indexOf(end, from)) {
        lines.add(text.substring(from, to));
        from = to + end.length();
      }
      boolean ended = from == text.length();
      if (!ended) {
        lines.add(text.substring(from));
      }
      return new Lines(lines, end, ended);
    }

    String text() {
      String joined = String.join(end, lines);
      return ended && !lines.isEmpty() ? joined + end : joined;
    }
  }

  /** The merged text; empty if both sides changed the same place. */
  public static Optional<String> merge(String base, String live, String incoming) {
    boolean mixed = Stream.of(base, live, incoming).anyMatch(TextMerge::isMixed);
    Lines before = Lines.of(base, mixed ? UNIX : end(base));
    Lines mine = Lines.of(live, mixed ? UNIX : end(live));
    Lines theirs = Lines.of(incoming, mixed ? UNIX : end(incoming));
    return ThreeWayLists.merge(before.lines(), mine.lines(), theirs.lines())
        .map(
            lines ->
                new Lines(
                        lines,
                        changed(before.end(), mine.end(), theirs.end()),
                        changed(before.ended(), mine.ended(), theirs.ended()))
                    .text());
  }

  private static String end(String text) {
    return text.contains(DOS) ? DOS : UNIX;
  }

  /** Then line ends are parts of the lines. */
  private static boolean isMixed(String text) {
    return text.contains(DOS) && text.replace(DOS, "").contains(UNIX);
  }

  /** There are two values: if both sides changed it, it is to the same. */
  private static <T> T changed(T base, T live, T incoming) {
    return live.equals(base) ? incoming : live;
  }
}
