package dev.stravinsky.merge.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.stravinsky.merge.json.JsonMerge.Merged;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Texts as nobody would write them: comments and line ends in every place. A merge that would not
 * say what was meant is an error, so that none may ever be. {@code -Dstravinsky.seed=N} repeats.
 */
class AnyTextTest {
  private static final int ROUNDS = 4_000;
  private static final List<String> BLANKS =
      List.of(
          "", "", "", "", " ", "\n", "\n  ", "\r\n\t", " // c, }]\"\n", "/* x // */", "/*\n\"*/");
  private static final List<String> SCALARS =
      List.of(
          "1",
          "1.0e1",
          "true",
          "null",
          "\"\"",
          "\"a\"",
          "\"\\u0061\"",
          "\"\\\"\"",
          "\"//\"",
          "\"\\ud800\"");
  private static final List<List<String>> NAMES =
      List.of(
          List.of("hooks", "permissions", "statusLine", "env", "x"),
          List.of("PreToolUse", "Stop", "allow", "deny", "A"),
          List.of("matcher", "hooks", "command", "args", "\\u0062", "q\\\"q"));

  private final long seed = Long.getLong("stravinsky.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void merge_commentWithQuotesBehindAName_staysAComment() {
    String commented = "{\"env\": {\"A\": // the \"first\"\n 1}}";

    assertThat(JsonMerge.merge(Optional.of("{}"), "{\"x\": 1}", commented, true, false))
        .isInstanceOfSatisfying(
            Merged.class, m -> assertThat(m.text()).contains("\"A\": // the \"first\"\n"));
    String mine = "{\"x\": // the \"first\"\n 1}";
    assertThat(JsonMerge.merge(Optional.of("{}"), mine, "{\"y\": 2}", true, false))
        .isInstanceOfSatisfying(Merged.class, m -> assertThat(m.text()).contains("\"y\": 2"));
  }

  @Test
  void merge_anyTexts_saysWhatWasMeant() {
    System.out.println("AnyTextTest seed " + seed);
    int merged = 0;
    for (int round = 0; round < ROUNDS; round++) {
      String base = blanks() + group(0, true) + blanks();
      String mine = changed(base);
      String theirs = changed(base);
      Optional<String> old = random.nextInt(5) == 0 ? Optional.empty() : Optional.of(base);
      boolean settings = random.nextBoolean();
      boolean take = random.nextBoolean();
      String as = "seed %d, round %d:%n%s%n%s%n%s".formatted(seed, round, base, mine, theirs);

      List<JsonMerge.Result> result = new ArrayList<>();
      assertThatCode(() -> result.add(JsonMerge.merge(old, mine, theirs, settings, take)))
          .as(as)
          .doesNotThrowAnyException();
      merged += result.getFirst() instanceof Merged ? 1 : 0;
      if (JsonMerge.merge(Optional.of(base), mine, base, settings, take) instanceof Merged same) {
        assertThat(same.text()).as(as).isEqualTo(mine);
      }
    }
    assertThat(merged).isGreaterThan(ROUNDS / 2);
  }

  private String blanks() {
    return BLANKS.get(random.nextInt(BLANKS.size()));
  }

  private String value(int depth) {
    return random.nextInt(depth > 3 ? 4 : 9) < 4
        ? SCALARS.get(random.nextInt(SCALARS.size()))
        : group(depth, random.nextInt(5) < 3);
  }

  private String group(int depth, boolean object) {
    List<String> names = new ArrayList<>(NAMES.get(Math.min(depth, NAMES.size() - 1)));
    Collections.shuffle(names, random);
    int count = random.nextInt(names.size());
    StringBuilder text = new StringBuilder(object ? "{" : "[");
    for (int i = 0; i < count; i++) {
      String name = "\"" + names.get(i) + "\"" + blanks() + ":" + blanks();
      text.append(blanks()).append(object ? name : "").append(value(depth + 1)).append(blanks());
      text.append(i < count - 1 || random.nextInt(6) == 0 ? "," : "");
    }
    return text.append(blanks()).append(object ? '}' : ']').toString();
  }

  /** With something more behind one or several opening brackets; some are no JSON any more. */
  private String changed(String text) {
    if (random.nextInt(4) == 0) {
      return group(0, true);
    }
    StringBuilder changed = new StringBuilder(text);
    for (int n = random.nextInt(4); n >= 0; n--) {
      int at = random.nextInt(changed.length());
      char there = changed.charAt(at);
      if (there == '{' || there == '[') {
        String name = there == '{' ? blanks() + "\"n" + n + "\":" : "";
        boolean last = changed.substring(at + 1).strip().startsWith(there == '{' ? "}" : "]");
        changed.insert(at + 1, name + value(2) + (last ? "" : ","));
      } else if (there == '1') {
        changed.setCharAt(at, '7');
      }
    }
    return changed.toString();
  }
}
