package dev.stravinsky.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest {
  private static final List<String> WORDS = List.of("b", "aa", "a", "bb", "ba", "ab", "");

  @Test
  void by_sortsAsTheJdkDoes() {
    assertThat(sorted(Order.by(String::length)))
        .isEqualTo(sorted(Comparator.comparing(String::length)));
  }

  @Test
  void inTurn_asksTheNextWhereTheFirstTellsNothing() {
    assertThat(sorted(Order.inTurn(Order.by(String::length), Order.by(word -> word))))
        .containsExactly("", "a", "b", "aa", "ab", "ba", "bb");
  }

  @Test
  void reversed_isTheOtherWayRoundAndLeavesEqualsAlone() {
    assertThat(sorted(Order.reversed(Order.by(String::length))))
        .containsExactly("aa", "bb", "ba", "ab", "b", "a", "");
  }

  private static List<String> sorted(Comparator<String> order) {
    return WORDS.stream().sorted(order).toList();
  }
}
