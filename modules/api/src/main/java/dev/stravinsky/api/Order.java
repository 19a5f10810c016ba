package dev.stravinsky.api;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * Comparators as {@link Comparator} makes them, but not serializable. Lambdas that are cannot be
 * kept in the start-up cache: each is made anew in every process, which takes 2 ms, the first one
 * 5.
 */
public final class Order {
  private Order() {}

  /** By what {@code key} gives, ascending. */
  public static <T, K extends Comparable<? super K>> Comparator<T> by(
      Function<? super T, ? extends K> key) {
    return (one, other) -> key.apply(one).compareTo(key.apply(other));
  }

  /** By the first of them that tells a difference. */
  @SafeVarargs
  public static <T> Comparator<T> inTurn(Comparator<? super T>... comparators) {
    List<Comparator<? super T>> all = List.of(comparators);
    return (one, other) -> {
      int difference = 0;
      for (Comparator<? super T> each : all) {
        difference = each.compare(one, other);
        if (difference != 0) {
          break;
        }
      }
      return difference;
    };
  }

  /** The other way round. */
  public static <T> Comparator<T> reversed(Comparator<? super T> comparator) {
    return (one, other) -> comparator.compare(other, one);
  }
}
