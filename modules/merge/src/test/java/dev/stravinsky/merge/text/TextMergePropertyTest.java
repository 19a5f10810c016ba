package dev.stravinsky.merge.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random edits of both sides. {@code -Dstravinsky.seed=N} repeats a run. */
class TextMergePropertyTest {
  private static final int ROUNDS = 2_000;

  private final long seed = Long.getLong("stravinsky.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private int fresh;

  /** Lines to be put before a line of the base, or in its place. */
  private record Edit(boolean replaces, List<String> lines) {}

  @Test
  void merge_unrelatedEdits_giveTheSameInEitherOrder() {
    System.out.println("TextMergePropertyTest seed " + seed);
    for (int round = 0; round < ROUNDS; round++) {
      List<String> base = base(3 + random.nextInt(30));
      TreeMap<Integer, Edit> mine = new TreeMap<>();
      TreeMap<Integer, Edit> theirs = new TreeMap<>();
      // Every second line at most: an unchanged one is always between.
      for (int at = random.nextInt(2); at < base.size(); at += 2 + random.nextInt(4)) {
        (random.nextBoolean() ? mine : theirs).put(at, edit());
      }
      TreeMap<Integer, Edit> both = new TreeMap<>(mine);
      both.putAll(theirs);
      String one = text(applied(base, mine));
      String other = text(applied(base, theirs));

      String as = "seed %d, round %d".formatted(seed, round);
      assertThat(TextMerge.merge(text(base), one, other))
          .as(as)
          .hasValue(text(applied(base, both)))
          .isEqualTo(TextMerge.merge(text(base), other, one));
    }
  }

  @Test
  void merge_anyEdits_loseNoLineThatOneSideAdded() {
    System.out.println("TextMergePropertyTest seed " + seed);
    int merged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      List<String> base = base(random.nextInt(30));
      List<String> one = applied(base, anyEdits(base));
      List<String> other = applied(base, anyEdits(base));

      Optional<String> result = TextMerge.merge(text(base), text(one), text(other));

      String as = "seed %d, round %d".formatted(seed, round);
      assertThat(TextMerge.merge(text(base), text(other), text(one))).as(as).isEqualTo(result);
      if (result.isPresent()) {
        merged++;
        Set<String> added = new HashSet<>(one);
        added.addAll(other);
        added.removeAll(base);
        assertThat(List.of(result.get().split("\n"))).as(as).containsAll(added);
        Set<String> kept = new HashSet<>(base);
        kept.retainAll(one);
        kept.retainAll(other);
        assertThat(List.of(result.get().split("\n"))).as(as).containsAll(kept);
      }
    }
    assertThat(merged).as("merges, seed %d", seed).isBetween(ROUNDS / 20, ROUNDS - ROUNDS / 20);
  }

  private TreeMap<Integer, Edit> anyEdits(List<String> base) {
    TreeMap<Integer, Edit> edits = new TreeMap<>();
    for (int i = random.nextInt(4); i > 0 && !base.isEmpty(); i--) {
      edits.put(random.nextInt(base.size()), edit());
    }
    return edits;
  }

  private List<String> base(int lines) {
    List<String> base = new ArrayList<>();
    for (int i = 0; i < lines; i++) {
      base.add("line " + i);
    }
    return base;
  }

  private Edit edit() {
    List<String> lines = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      lines.add("new " + fresh++);
    }
    return new Edit(lines.isEmpty() || random.nextBoolean(), lines);
  }

  private static List<String> applied(List<String> base, TreeMap<Integer, Edit> edits) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < base.size(); i++) {
      Optional<Edit> edit = Optional.ofNullable(edits.get(i));
      edit.ifPresent(e -> lines.addAll(e.lines()));
      if (edit.filter(Edit::replaces).isEmpty()) {
        lines.add(base.get(i));
      }
    }
    return lines;
  }

  private static String text(List<String> lines) {
    return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
  }
}
