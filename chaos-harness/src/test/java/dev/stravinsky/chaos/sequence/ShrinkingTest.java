package dev.stravinsky.chaos.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkingTest {
  private static final List<Integer> TO_HUNDRED = IntStream.range(0, 100).boxed().toList();

  @Test
  void shortest_whatFailsForAFewOfThem_isJustThose() {
    Random random = new Random(20260801);
    for (int round = 0; round < 50; round++) {
      List<Integer> needed =
          random.ints(1 + round % 5, 0, 100).distinct().sorted().boxed().toList();
      assertThat(shortest(list -> list.containsAll(needed), TO_HUNDRED)).isEqualTo(needed);
    }
  }

  @Test
  void shortest_whatFailsWhereTwoFollowEachOther_isTwoInTheirOrder() {
    Predicate<List<Integer>> fails =
        list -> list.contains(90) && list.indexOf(90) > list.indexOf(7) && list.contains(7);
    assertThat(shortest(fails, TO_HUNDRED)).containsExactly(7, 90);
  }

  @Test
  void shortest_aListThatAlwaysFails_isEmpty() {
    assertThat(shortest(list -> true, TO_HUNDRED)).isEmpty();
  }

  @Test
  void shortest_whatDoesNotFail_isRefused() {
    assertThatThrownBy(() -> shortest(list -> false, TO_HUNDRED))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void shortest_anyList_isTriedOnce() {
    List<List<Integer>> tried = new ArrayList<>();
    shortest(
        list -> {
          tried.add(list);
          return list.contains(3) && list.contains(60);
        },
        TO_HUNDRED);
    assertThat(tried).doesNotHaveDuplicates();
  }

  @Test
  void shrunk_faultsThatDoNotMatter_areLeftOut() {
    Sequence failing =
        Sequence.parse(
                "sequence:update-v1!killed@3,backup,update-v2!power-cut.7@500,verify,"
                    + "edit-mine,undo!io-error@999,wait")
            .orElseThrow();
    Predicate<Sequence> fails =
        sequence -> {
          String text = sequence.toString();
          return text.contains("update-v1") && text.contains("undo!io-error");
        };
    assertThat(failing.shrunk(fails)).hasToString("sequence:update-v1,undo!io-error@999");
  }

  private static List<Integer> shortest(Predicate<List<Integer>> fails, List<Integer> list) {
    return new Shrinking<Integer>(fails, each -> Optional.empty()).shortest(list);
  }
}
