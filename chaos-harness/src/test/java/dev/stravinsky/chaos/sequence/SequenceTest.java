package dev.stravinsky.chaos.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceTest {
  @Test
  void drawn_anySequence_isReadAsWritten() {
    for (int i = 0; i < 2000; i++) {
      Sequence drawn = Sequence.drawn(42, i);
      assertThat(Sequence.parse(drawn.toString())).contains(drawn);
    }
  }

  @Test
  void drawn_sameSeed_isTheSame() {
    assertThat(Sequence.drawn(7, 3)).isEqualTo(Sequence.drawn(7, 3));
    assertThat(Sequence.drawn(7, 3)).isNotEqualTo(Sequence.drawn(7, 4));
    assertThat(Sequence.drawn(8, 3)).isNotEqualTo(Sequence.drawn(7, 3));
  }

  @Test
  void drawn_manySequences_haveEveryActAndEveryFault() {
    Set<Act> acts = new HashSet<>();
    Set<String> faults = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      for (Step step : Sequence.drawn(1, i).steps()) {
        acts.add(step.act());
        step.blow().ifPresent(blow -> faults.add(blow.fault()));
      }
    }
    assertThat(acts).containsExactlyInAnyOrder(Act.values());
    assertThat(faults).containsExactlyInAnyOrderElementsOf(Blow.FAULTS);
  }

  @Test
  void parse_anythingElse_isNone() {
    for (String text :
        List.of(
            "",
            "update-v1",
            "sequence:",
            "sequence:update-v1,",
            "sequence:update-v9",
            "sequence:update-v1!killed",
            "sequence:update-v1!killed@1000",
            "sequence:update-v1!killed.3@100",
            "sequence:update-v1!power-cut@100",
            "sequence:update-v1!nothing@100",
            "sequence:wait!killed@100")) {
      assertThat(Sequence.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void placeAmong_anyPosition_isThere() {
    assertThat(new Blow("killed", 0, 0).placeAmong(1)).isZero();
    assertThat(new Blow("killed", 0, 999).placeAmong(1)).isZero();
    assertThat(new Blow("killed", 0, 999).placeAmong(5000)).isEqualTo(4995);
    assertThat(new Blow("killed", 0, 500).placeAmong(8)).isEqualTo(4);
  }
}
