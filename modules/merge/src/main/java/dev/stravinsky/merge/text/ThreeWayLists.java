package dev.stravinsky.merge.text;

import com.github.difflib.algorithm.Change;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.DeltaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Two changed versions of a list brought together. Both are compared with the base; a stretch that
 * only one of them changed is taken from it. Stretches of both that overlap, or touch without an
 * unchanged element between them, must be equal (Khanna, Kunal, Pierce: A Formal Investigation of
 * Diff3, 2007).
 */
public final class ThreeWayLists {
  /** Longer ones are data; to compare very different ones takes the square of their length. */
  private static final int MOST_ELEMENTS = 10_000;

  private ThreeWayLists() {}

  /** A stretch of the base, and what stands in its place in one of the versions. */
  private record Hunk(int from, int to, int otherFrom, int otherTo) {}

  /**
   * The merged list; empty if both changed the same place differently, or one of the lists has more
   * than 10,000 elements. Elements that neither changed are those of {@code one}; the order of the
   * versions makes no other difference.
   */
  public static <T> Optional<List<T>> merge(List<T> base, List<T> one, List<T> other) {
    if (Math.max(base.size(), Math.max(one.size(), other.size())) > MOST_ELEMENTS) {
      return Optional.empty();
    }
    Map<T, Integer> numbers = new HashMap<>();
    List<Integer> numbered = numbered(base, numbers);
    List<Hunk> left = hunks(numbered, numbered(one, numbers));
    List<Hunk> right = hunks(numbered, numbered(other, numbers));
    List<T> merged = new ArrayList<>();
    int at = 0;
    int l = 0;
    int r = 0;
    int shift = 0;
    while (l < left.size() || r < right.size()) {
      int from = Math.min(start(left, l), start(right, r));
      int to = from;
      int firstLeft = l;
      int firstRight = r;
      // Everything that touches what was gathered so far belongs to it.
      for (boolean grown = true; grown; ) {
        grown = false;
        while (start(left, l) <= to) {
          to = Math.max(to, left.get(l++).to());
          grown = true;
        }
        while (start(right, r) <= to) {
          to = Math.max(to, right.get(r++).to());
          grown = true;
        }
      }
      merged.addAll(one.subList(at + shift, from + shift));
      List<T> ours = version(one, left.subList(firstLeft, l), from, to, base);
      List<T> theirs = version(other, right.subList(firstRight, r), from, to, base);
      if (l > firstLeft && r > firstRight && !ours.equals(theirs)) {
        return Optional.empty();
      }
      merged.addAll(l > firstLeft ? ours : theirs);
      at = to;
      shift += ours.size() - (to - from);
    }
    merged.addAll(one.subList(at + shift, one.size()));
    return Optional.of(merged);
  }

  private static int start(List<Hunk> hunks, int index) {
    return index < hunks.size() ? hunks.get(index).from() : Integer.MAX_VALUE;
  }

  /** What a version has in place of a stretch of the base. */
  private static <T> List<T> version(
      List<T> version, List<Hunk> within, int from, int to, List<T> base) {
    if (within.isEmpty()) {
      return base.subList(from, to);
    }
    Hunk first = within.getFirst();
    Hunk last = within.getLast();
    return version.subList(
        first.otherFrom() - (first.from() - from), last.otherTo() + (to - last.to()));
  }

  /** Numbers are compared faster than what they stand for. */
  private static <T> List<Integer> numbered(List<T> list, Map<T, Integer> numbers) {
    List<Integer> numbered = new ArrayList<>(list.size());
    for (T each : list) {
      numbered.add(numbers.computeIfAbsent(each, e -> numbers.size()));
    }
    return numbered;
  }

  private static List<Hunk> hunks(List<Integer> base, List<Integer> other) {
    int start = 0;
    int least = Math.min(base.size(), other.size());
    while (start < least && base.get(start).equals(other.get(start))) {
      start++;
    }
    int end = 0;
    while (end < least - start
        && base.get(base.size() - 1 - end).equals(other.get(other.size() - 1 - end))) {
      end++;
    }
    List<Change> changes =
        new MyersDiffWithLinearSpace<Integer>()
            .computeDiff(
                base.subList(start, base.size() - end),
                other.subList(start, other.size() - end),
                null);
    List<Hunk> hunks = new ArrayList<>();
    for (Change each : changes) {
      if (each.deltaType != DeltaType.EQUAL) {
        hunks.add(
            new Hunk(
                start + each.startOriginal,
                start + each.endOriginal,
                start + each.startRevised,
                start + each.endRevised));
      }
    }
    hunks.sort(java.util.Comparator.comparingInt(Hunk::from).thenComparingInt(Hunk::to));
    return joined(hunks);
  }

  /** Neighbours as one: an insertion beside a deletion is a replacement. */
  private static List<Hunk> joined(List<Hunk> hunks) {
    List<Hunk> joined = new ArrayList<>();
    for (Hunk each : hunks) {
      if (!joined.isEmpty() && joined.getLast().to() == each.from()) {
        Hunk last = joined.removeLast();
        joined.add(new Hunk(last.from(), each.to(), last.otherFrom(), each.otherTo()));
      } else {
        joined.add(each);
      }
    }
    return joined;
  }
}
