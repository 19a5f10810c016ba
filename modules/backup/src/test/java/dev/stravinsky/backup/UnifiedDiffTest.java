package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
  private static final Pattern HUNK =
      Pattern.compile("@@ -(\\d+)(?:,(\\d+))? \\+(\\d+)(?:,(\\d+))? @@");

  @Test
  void diff_randomTexts_leadsFromTheOneToTheOther() {
    long seed = Long.getLong("stravinsky.seed", System.nanoTime());
    System.out.println("seed " + seed + " (again: -Dstravinsky.seed=" + seed + ")");
    Random random = new Random(seed);
    for (int i = 0; i < 3_000; i++) {
      String before = text(random, random.nextInt(30));
      String after =
          random.nextInt(3) == 0 ? text(random, random.nextInt(30)) : edited(before, random);
      List<String> hunks = UnifiedDiff.of(before, after);
      assertThat(patched(before, hunks)).as("case %d of seed %d", i, seed).isEqualTo(after);
    }
  }

  @Test
  void diff_textsOfNothingInCommon_isBounded() {
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      before.append("a").append(i).append('\n');
      after.append("b").append(i).append('\n');
    }
    List<String> hunks = UnifiedDiff.of(before.toString(), after.toString());

    assertThat(hunks).hasSize(10_001);
    assertThat(patched(before.toString(), hunks)).isEqualTo(after.toString());
  }

  @Test
  void diff_oneChangedLine_hasThreeLinesAroundIt() {
    assertThat(UnifiedDiff.of("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n"))
        .containsExactly("@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+x", " 6", " 7", " 8");
    assertThat(UnifiedDiff.of("a", "a\n"))
        .containsExactly("@@ -1 +1 @@", "-a", "\\ No newline at end of file", "+a");
  }

  private static String text(Random random, int lines) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append((char) ('a' + random.nextInt(4))).append('\n');
    }
    return lines > 0 && random.nextInt(4) == 0 ? text.substring(0, text.length() - 1) : text + "";
  }

  private static String edited(String text, Random random) {
    List<String> lines = new ArrayList<>(List.of(text.split("(?<=\n)")));
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(lines.size() + 1);
      if (at < lines.size() && random.nextBoolean()) {
        lines.remove(at);
      } else {
        lines.add(Math.min(at, Math.max(0, lines.size() - 1)), "new" + random.nextInt(3) + "\n");
      }
    }
    return String.join("", lines);
  }

  /** What {@code patch} would make of it. */
  private static String patched(String before, List<String> hunks) {
    List<String> old = before.isEmpty() ? List.of() : List.of(before.split("(?<=\n)"));
    StringBuilder out = new StringBuilder();
    int at = 0;
    for (int i = 0; i < hunks.size(); i++) {
      String line = hunks.get(i);
      Matcher hunk = HUNK.matcher(line);
      boolean endless = i + 1 < hunks.size() && hunks.get(i + 1).startsWith("\\");
      String body = line.substring(1) + (endless ? "" : "\n");
      if (hunk.matches()) {
        int from = Integer.parseInt(hunk.group(1)) - ("0".equals(hunk.group(2)) ? 0 : 1);
        while (at < from) {
          out.append(old.get(at++));
        }
      } else if (line.startsWith("+")) {
        out.append(body);
      } else if (!line.startsWith("\\")) {
        assertThat(old.get(at)).isEqualTo(body);
        out.append(line.startsWith(" ") ? body : "");
        at++;
      }
    }
    while (at < old.size()) {
      out.append(old.get(at++));
    }
    return out.toString();
  }
}
