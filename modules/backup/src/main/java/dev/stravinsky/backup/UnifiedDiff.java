package dev.stravinsky.backup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Two texts' lines compared by Myers' greedy algorithm, written as {@code diff -u} writes it. */
final class UnifiedDiff {
  private static final int CONTEXT = 3;

  /** More edits are shown as one: the algorithm's memory grows with their square. */
  private static final int MAX_EDITS = 1_000;

  private final List<String> before;
  private final List<String> after;

  private UnifiedDiff(List<String> before, List<String> after) {
    this.before = before;
    this.after = after;
  }

  /** One line of either text or both; 0-based places in the texts. */
  private record Line(char sign, int before, int after) {}

  /** The hunks; empty if the texts are equal. */
  static List<String> of(String before, String after) {
    if (before.equals(after)) {
      return List.of();
    }
    UnifiedDiff diff = new UnifiedDiff(lines(before), lines(after));
    return diff.hunks(diff.script());
  }

  /** A last line without its end is marked as {@code diff} does. */
  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int end = text.indexOf('\n', from);
      if (end < 0) {
        lines.add(text.substring(from) + "\n\\ No newline at end of file");
        break;
      }
      lines.add(text.substring(from, end));
      from = end + 1;
    }
    return lines;
  }

  private List<Line> script() {
    int start = 0;
    int least = Math.min(before.size(), after.size());
    while (start < least && before.get(start).equals(after.get(start))) {
      start++;
    }
    int end = 0;
    while (end < least - start
        && before.get(before.size() - 1 - end).equals(after.get(after.size() - 1 - end))) {
      end++;
    }
    List<Line> script = new ArrayList<>();
    for (int i = 0; i < start; i++) {
      script.add(new Line(' ', i, i));
    }
    script.addAll(middle(start, before.size() - end, after.size() - end));
    for (int i = end; i > 0; i--) {
      script.add(new Line(' ', before.size() - i, after.size() - i));
    }
    return script;
  }

  private List<Line> middle(int start, int beforeEnd, int afterEnd) {
    int n = beforeEnd - start;
    int m = afterEnd - start;
    List<int[]> trace = new ArrayList<>();
    int most = Math.min(n + m, MAX_EDITS);
    int[] furthest = new int[2 * most + 3];
    for (int edits = 0; edits <= most; edits++) {
      trace.add(furthest.clone());
      for (int k = -edits; k <= edits; k += 2) {
        int at = most + 1 + k;
        boolean down = k == -edits || k != edits && furthest[at - 1] < furthest[at + 1];
        int x = down ? furthest[at + 1] : furthest[at - 1] + 1;
        while (x < n
            && x - k < m
            && x - k >= 0
            && before.get(start + x).equals(after.get(start + x - k))) {
          x++;
        }
        furthest[at] = x;
        if (x >= n && x - k >= m) {
          return back(trace, most, start, n, m);
        }
      }
    }
    List<Line> all = new ArrayList<>();
    for (int i = start; i < beforeEnd; i++) {
      all.add(new Line('-', i, start));
    }
    for (int i = start; i < afterEnd; i++) {
      all.add(new Line('+', beforeEnd, i));
    }
    return all;
  }

  /** The way back from the end, by what was furthest at each number of edits. */
  private static List<Line> back(List<int[]> trace, int most, int start, int n, int m) {
    List<Line> lines = new ArrayList<>();
    int x = n;
    int y = m;
    for (int edits = trace.size() - 1; edits >= 0; edits--) {
      int[] furthest = trace.get(edits);
      int k = x - y;
      int at = most + 1 + k;
      boolean down = k == -edits || k != edits && furthest[at - 1] < furthest[at + 1];
      int fromX = edits == 0 ? 0 : down ? furthest[at + 1] : furthest[at - 1];
      int fromY = edits == 0 ? 0 : fromX - (down ? k + 1 : k - 1);
      int afterEditX = edits == 0 ? 0 : down ? fromX : fromX + 1;
      while (x > afterEditX) {
        lines.add(new Line(' ', start + --x, start + --y));
      }
      if (edits > 0) {
        lines.add(
            down
                ? new Line('+', start + fromX, start + fromY)
                : new Line('-', start + fromX, start + fromY));
      }
      x = fromX;
      y = fromY;
    }
    Collections.reverse(lines);
    return lines;
  }

  private List<String> hunks(List<Line> script) {
    List<String> out = new ArrayList<>();
    int i = 0;
    while (i < script.size()) {
      while (i < script.size() && script.get(i).sign() == ' ') {
        i++;
      }
      if (i < script.size()) {
        int from = Math.max(0, i - CONTEXT);
        int last = i;
        while (i < script.size() && i - last <= 2 * CONTEXT) {
          last = script.get(i).sign() == ' ' ? last : i;
          i++;
        }
        i = Math.min(script.size(), last + 1 + CONTEXT);
        hunk(script.subList(from, i), out);
      }
    }
    return out;
  }

  private void hunk(List<Line> lines, List<String> out) {
    long removed = lines.stream().filter(l -> l.sign() != '+').count();
    long added = lines.stream().filter(l -> l.sign() != '-').count();
    Line first = lines.getFirst();
    out.add("@@ -" + range(first.before(), removed) + " +" + range(first.after(), added) + " @@");
    for (Line each : lines) {
      String text = each.sign() == '+' ? after.get(each.after()) : before.get(each.before());
      out.addAll(List.of((each.sign() + text).split("\n")));
    }
  }

  /** Lines are counted from 1; of none the one before is named. */
  private static String range(int from, long count) {
    return count == 1 ? (from + 1) + "" : (count == 0 ? from : from + 1) + "," + count;
  }
}
