package dev.stravinsky.merge.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.merge.json.JsonMerge.Merged;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random edits of both sides. {@code -Dstravinsky.seed=N} repeats a run. */
class JsonMergePropertyTest {
  private static final int ROUNDS = 1_000;
  private static final String[] INDENTS = {"  ", "    ", "\t", ""};

  private final long seed = Long.getLong("stravinsky.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void merge_unrelatedEdits_giveTheSameInEitherOrder() {
    System.out.println("JsonMergePropertyTest seed " + seed);
    for (int round = 0; round < ROUNDS; round++) {
      String as = "seed %d, round %d".formatted(seed, round);
      SettingsModel base = SettingsModel.random(random);
      SettingsModel one = base.copy();
      SettingsModel other = base.copy();
      SettingsModel both = base.copy();
      for (SettingsEdit edit : SettingsEdit.unrelated(base, random)) {
        edit.apply(random.nextBoolean() ? one : other);
        edit.apply(both);
      }
      String indent = INDENTS[random.nextInt(INDENTS.length)];

      Merged merged = merged(base.text(indent), one.text(indent), other.text(indent));
      Merged swapped = merged(base.text(indent), other.text(indent), one.text(indent));

      assertThat(merged.conflicts()).as(as).isEmpty();
      assertThat(SettingsModel.parse(merged.text())).as(as).isEqualTo(both.canonical());
      assertThat(merged.text()).as(as).isEqualTo(swapped.text());
    }
  }

  @Test
  void merge_anyEdits_loseNothingThatOneSideAddedUnnamed() {
    System.out.println("JsonMergePropertyTest seed " + seed);
    int conflicts = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String as = "seed %d, round %d".formatted(seed, round);
      SettingsModel base = SettingsModel.random(random);
      SettingsModel one = base.copy();
      SettingsModel other = base.copy();
      List<SettingsEdit> edits = new ArrayList<>();
      for (SettingsModel side : List.of(one, other)) {
        for (SettingsEdit edit : SettingsEdit.any(base, random)) {
          edit.apply(side);
          edits.add(edit);
        }
      }

      Merged merged =
          merged(base.text("  "), one.text(INDENTS[random.nextInt(4)]), other.text("  "));

      conflicts += merged.conflicts().isEmpty() ? 0 : 1;
      String value = SettingsModel.parse(merged.text());
      for (SettingsEdit edit : edits) {
        edit.added()
            .filter(word -> one.has(word) || other.has(word))
            .filter(word -> !value.contains(word))
            .ifPresent(
                word ->
                    assertThat(merged.conflicts())
                        .as(as + ": " + word)
                        .anyMatch(named -> edit.place().startsWith(named)));
      }
    }
    assertThat(conflicts).as("conflicts, seed %d", seed).isBetween(ROUNDS / 20, ROUNDS - 1);
  }

  private static Merged merged(String base, String live, String incoming) {
    return (Merged) JsonMerge.merge(Optional.of(base), live, incoming, true, false);
  }
}
