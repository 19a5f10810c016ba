package dev.stravinsky.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A block of the recovery guide with commands and what they print.
 *
 * @param section the heading above it
 * @param line where it begins in the guide
 */
record GuideBlock(String section, int line, List<Step> steps) {
  private static final String FENCE = "```";

  /** One command, and what is to be seen after it. */
  record Step(String command, List<String> expected, int status) {

    /** What is wrong with what was seen; empty if nothing is. */
    String complaint(Run run) {
      List<String> lines = new ArrayList<>();
      run.out().lines().map(GuideBlock::alike).forEach(lines::add);
      if (run.status() != status) {
        return "ended with " + run.status() + ", not " + status + ":\n" + run.out();
      }
      return matches(expected, lines)
          ? ""
          : "printed\n" + String.join("\n", lines) + "\nand not\n" + String.join("\n", expected);
    }
  }

  /** All blocks of commands. Throws for one that is not in the form that a test can run. */
  static List<GuideBlock> of(String guide) {
    List<GuideBlock> blocks = new ArrayList<>();
    List<String> lines = guide.lines().toList();
    String section = "";
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("#")) {
        section = line.replaceFirst("#+ ", "");
      } else if (line.startsWith(FENCE)) {
        if (!line.equals(FENCE + "console")) {
          throw new AssertionError("line " + (i + 1) + ": a block that no test can run: " + line);
        }
        int end = i + 1;
        while (!lines.get(end).equals(FENCE)) {
          end++;
        }
        blocks.add(new GuideBlock(section, i + 1, steps(lines.subList(i + 1, end), i + 1)));
        i = end;
      } else if (line.startsWith("    ") && !isMessage(line.strip())) {
        throw new AssertionError("line " + (i + 1) + ": a command outside of a block: " + line);
      }
    }
    return blocks;
  }

  /** The quick reference's lines, which are no commands. */
  private static boolean isMessage(String text) {
    return text.startsWith("CRITICAL ERROR:") || text.startsWith("-> ");
  }

  private static List<Step> steps(List<String> lines, int at) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < lines.size(); ) {
      if (!lines.get(i).startsWith("$ ")) {
        throw new AssertionError("line " + (at + i + 1) + ": no command: " + lines.get(i));
      }
      String command = lines.get(i++).substring(2);
      List<String> expected = new ArrayList<>();
      int status = 0;
      while (i < lines.size() && !lines.get(i).startsWith("$ ")) {
        String line = lines.get(i++);
        if (line.startsWith("[exit status ")) {
          status = Integer.parseInt(line.replaceAll("[^0-9]", ""));
        } else {
          expected.add(alike(line));
        }
      }
      steps.add(new Step(command, expected, status));
    }
    return steps;
  }

  /** Times, sizes and counts as they differ from run to run. */
  static String alike(String line) {
    return line.stripTrailing()
        .replaceAll("\\d{4}-\\d\\d-\\d\\d([ T])\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?", "TIME")
        .replaceAll("\\d+\\.\\d\\d s\\b", "SECONDS")
        .replaceAll("\\b[0-9.]+ [kMG]?B\\b", "SIZE");
  }

  /** A line {@code ...} stands for any lines, {@code ...} in a line for any words. */
  private static boolean matches(List<String> expected, List<String> lines) {
    if (expected.isEmpty()) {
      return lines.isEmpty();
    }
    List<String> rest = expected.subList(1, expected.size());
    if (expected.getFirst().equals("...")) {
      for (int i = 0; i <= lines.size(); i++) {
        if (matches(rest, lines.subList(i, lines.size()))) {
          return true;
        }
      }
      return false;
    }
    return !lines.isEmpty()
        && pattern(expected.getFirst()).matcher(lines.getFirst()).matches()
        && matches(rest, lines.subList(1, lines.size()));
  }

  private static Pattern pattern(String line) {
    StringBuilder pattern = new StringBuilder();
    for (String part : line.split("\\.\\.\\.", -1)) {
      pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(part));
    }
    return Pattern.compile(pattern.toString());
  }
}
