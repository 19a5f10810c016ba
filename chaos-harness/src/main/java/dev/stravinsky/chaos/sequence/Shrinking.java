package dev.stravinsky.chaos.sequence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Delta debugging: leaves out ever smaller parts of a list as long as it still fails, then makes
 * what is left simpler, until nothing of either can be done any more. After Zeller and Hildebrandt,
 * "Simplifying and Isolating Failure-Inducing Input" (2002). Each list is tried once.
 */
final class Shrinking<T> {
  private final Predicate<List<T>> fails;
  private final Function<T, Optional<T>> simpler;
  private final Map<List<T>, Boolean> known = new HashMap<>();

  /**
   * @param fails whether a list does
   * @param simpler the same without something that may not matter; empty if there is no such
   */
  Shrinking(Predicate<List<T>> fails, Function<T, Optional<T>> simpler) {
    this.fails = fails;
    this.simpler = simpler;
  }

  /**
   * A part of a failing list that still fails, and of which nothing can be left out.
   *
   * @throws IllegalArgumentException if it does not fail
   */
  List<T> shortest(List<T> failing) {
    if (!stillFails(failing)) {
      throw new IllegalArgumentException("it does not fail: " + failing);
    }
    List<T> now = failing;
    List<T> before;
    do {
      before = now;
      now = simplified(shortened(now));
    } while (!now.equals(before));
    return now;
  }

  private List<T> shortened(List<T> failing) {
    List<T> now = failing;
    int size = Math.max(1, now.size() / 2);
    while (size >= 1) {
      Optional<List<T>> shorter = withoutAPart(now, size);
      if (shorter.isPresent()) {
        now = shorter.get();
        size = Math.min(size, Math.max(1, now.size() / 2));
      } else {
        size /= 2;
      }
    }
    return now;
  }

  /** The last parts first: what comes after the failure never matters. */
  private Optional<List<T>> withoutAPart(List<T> list, int size) {
    for (int end = list.size(); end > 0; end -= size) {
      List<T> rest = new ArrayList<>(list.subList(0, Math.max(0, end - size)));
      rest.addAll(list.subList(end, list.size()));
      if (stillFails(rest)) {
        return Optional.of(rest);
      }
    }
    return Optional.empty();
  }

  private List<T> simplified(List<T> failing) {
    List<T> now = failing;
    for (int i = 0; i < now.size(); i++) {
      Optional<T> other = simpler.apply(now.get(i));
      if (other.isPresent()) {
        List<T> candidate = new ArrayList<>(now);
        candidate.set(i, other.get());
        now = stillFails(candidate) ? candidate : now;
      }
    }
    return now;
  }

  private boolean stillFails(List<T> list) {
    return known.computeIfAbsent(List.copyOf(list), fails::test);
  }
}
