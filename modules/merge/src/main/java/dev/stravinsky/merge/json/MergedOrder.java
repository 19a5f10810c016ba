package dev.stravinsky.merge.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The order of keys after a merge. Keys that both sides have stand as the user has them; those of
 * one side stand behind the same common key as there. Where both sides added behind one key, whose
 * come first depends on the keys alone: neither side is preferred.
 */
final class MergedOrder {
  private final Collection<String> base;
  private final Set<String> mine;
  private final Set<String> theirs;

  /** What each side has behind a common key; empty stands for the beginning. */
  private final Map<Optional<String>, List<String>> myRuns;

  private final Map<Optional<String>, List<String>> theirRuns;

  /** The keys of each side in their order. */
  MergedOrder(Collection<String> base, Set<String> mine, Set<String> theirs) {
    this.base = base;
    this.mine = mine;
    this.theirs = theirs;
    this.myRuns = runs(mine, theirs);
    this.theirRuns = runs(theirs, mine);
  }

  private static Map<Optional<String>, List<String>> runs(Set<String> side, Set<String> other) {
    Map<Optional<String>, List<String>> runs = new LinkedHashMap<>();
    Optional<String> anchor = Optional.empty();
    runs.put(anchor, new ArrayList<>());
    for (String key : side) {
      if (other.contains(key)) {
        anchor = Optional.of(key);
        runs.put(anchor, new ArrayList<>());
      } else {
        runs.get(anchor).add(key);
      }
    }
    return runs;
  }

  /** The merged order of these keys. */
  List<String> of(Set<String> kept) {
    List<String> order = new ArrayList<>();
    for (Optional<String> anchor : myRuns.keySet()) {
      anchor.filter(kept::contains).ifPresent(order::add);
      List<String> ours = only(myRuns.get(anchor), kept);
      List<String> others = only(theirRuns.get(anchor), kept);
      boolean oursFirst =
          ours.isEmpty() || others.isEmpty() || ours.getFirst().compareTo(others.getFirst()) < 0;
      order.addAll(oursFirst ? ours : others);
      order.addAll(oursFirst ? others : ours);
    }
    return order;
  }

  /**
   * Both sides put something else in the place of the same old one: what of it is to go, the user's
   * if the release's is taken.
   */
  Set<String> rivals(boolean take) {
    Set<String> rivals = new HashSet<>();
    Optional<String> anchor = Optional.empty();
    for (String key : base) {
      boolean ours = mine.contains(key);
      boolean others = theirs.contains(key);
      if (ours && others) {
        anchor = Optional.of(key);
      } else if (!ours && !others) {
        List<String> mineNew = myRuns.get(anchor).stream().filter(k -> !base.contains(k)).toList();
        List<String> theirNew =
            theirRuns.get(anchor).stream().filter(k -> !base.contains(k)).toList();
        if (!mineNew.isEmpty() && !theirNew.isEmpty()) {
          rivals.addAll(take ? mineNew : theirNew);
        }
      }
    }
    return rivals;
  }

  private static List<String> only(List<String> keys, Set<String> kept) {
    return keys.stream().filter(kept::contains).toList();
  }
}
