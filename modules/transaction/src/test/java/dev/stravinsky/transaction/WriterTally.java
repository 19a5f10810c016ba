package dev.stravinsky.transaction;

import dev.stravinsky.transaction.WriterProcess.Burst;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of the swaps and of the writes. */
final class WriterTally {
  private final Map<End, Integer> ends = new EnumMap<>(End.class);
  private final List<String> violations = new ArrayList<>();
  private int swaps;
  private long writes;
  private long live;
  private long setAside;
  private long lost;

  /** How a transaction ended. */
  enum End {
    COMMITTED,
    UNDONE,
    STOPPED
  }

  void add(End end, Burst burst) {
    swaps++;
    ends.merge(end, 1, Integer::sum);
    writes += burst.writes();
  }

  void live() {
    live++;
  }

  void setAside() {
    setAside++;
  }

  void lost(String what) {
    lost++;
    violations.add(what);
  }

  void left(String what) {
    violations.add(what);
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  /** What has to happen now and then, or the test proves nothing. */
  List<String> unmet(boolean late) {
    List<String> unmet = new ArrayList<>();
    for (End end : End.values()) {
      if (!ends.containsKey(end)) {
        unmet.add(end.name());
      }
    }
    if (live == 0) {
      unmet.add("a write that stays live");
    }
    if (late && setAside == 0) {
      unmet.add("a late write that is set aside");
    }
    return unmet;
  }

  @Override
  public String toString() {
    return "%d swaps %s, %d writes, live %d, set aside %d, lost %d"
        .formatted(swaps, ends, writes, live, setAside, lost);
  }
}
