package dev.stravinsky.merge.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.merge.json.JsonMerge;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** To compare two lists can take the square of their length. */
class LongListsTest {
  private static final int MOST = 10_000;

  @Test
  void merge_moreLinesThanTheLimitOnAnySide_isNone() {
    String most = "\n".repeat(MOST);
    String more = "\n".repeat(MOST + 1);

    assertThat(TextMerge.merge(most, most, most)).hasValue(most);
    assertThat(TextMerge.merge(more, most, most)).isEmpty();
    assertThat(TextMerge.merge(most, more, most)).isEmpty();
    assertThat(TextMerge.merge(most, most, more)).isEmpty();
  }

  @Test
  void merge_jsonListsOfMoreElements_areForAPerson() {
    String mine = list(MOST + 1).replace("[1, ", "[0, ");
    String theirs = list(MOST + 1).replace("1]", "2]");

    assertThat(JsonMerge.merge(Optional.of(list(MOST + 1)), mine, theirs, false, false))
        .isEqualTo(new JsonMerge.Merged(mine, List.of("data")));
  }

  private static String list(int size) {
    return "{\"data\": [" + String.join(", ", Collections.nCopies(size, "1")) + "]}";
  }
}
