package dev.stravinsky.chaos;

import java.util.List;
import java.util.stream.IntStream;

/**
 * How thorough a run is.
 *
 * @param places of one cell that are tried at most, evenly chosen
 * @param crashPoints operations in whose place the power goes, at most
 * @param retryEvery after how many trials the command is typed again, which costs most; 1 for all
 * @param depth of second power cuts
 */
record Effort(int places, int crashPoints, int retryEvery, Depth depth) {

  /** What is tried of second power cuts. */
  enum Depth {
    /** None. */
    NONE,
    /** That all is lost that was not forced, in the recovery from what is lost as a whole. */
    BUILD,
    /** Every second crash with every loss. */
    ALL
  }

  /** Everything. */
  static final Effort ALL = new Effort(Integer.MAX_VALUE, Integer.MAX_VALUE, 1, Depth.ALL);

  /** The numbers of those that are tried of so many, the last one among them. */
  static List<Integer> chosen(int all, int most) {
    if (all <= most) {
      return IntStream.range(0, all).boxed().toList();
    }
    return IntStream.rangeClosed(1, most).mapToObj(i -> (int) ((long) i * all / most) - 1).toList();
  }
}
