package dev.stravinsky.claude.protections;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** For which tools, or other subjects of an event, a group of hooks runs. */
record ToolMatcher(String written) {
  private static final Pattern NAMES = Pattern.compile("[\\w|, -]*");

  /** Whether it takes every subject. */
  boolean takesAll() {
    return written.isEmpty() || written.equals("*") || written.equals(".*");
  }

  /** What of this matcher none of the others takes; empty if they take all of it. */
  List<String> notTakenBy(Collection<ToolMatcher> others) {
    if (others.stream().anyMatch(o -> o.takesAll() || o.written.equals(written))) {
      return List.of();
    }
    if (takesAll()) {
      return List.of("every tool");
    }
    return alternatives().stream()
        .filter(one -> others.stream().noneMatch(other -> other.takes(one)))
        .toList();
  }

  /** The names of a list, or the branches of a regular expression. */
  private List<String> alternatives() {
    if (!NAMES.matcher(written).matches() && written.matches(".*[()\\[\\]\\\\].*")) {
      return List.of(written);
    }
    return Arrays.stream(written.split("[|,]")).map(String::strip).distinct().toList();
  }

  private boolean takes(String one) {
    if (alternatives().contains(one)) {
      return true;
    }
    if (NAMES.matcher(written).matches() || !NAMES.matcher(one).matches()) {
      return false;
    }
    try {
      return Pattern.compile(written).matcher(one).find();
    } catch (PatternSyntaxException e) {
      // Told by settings-schema; what does not compile takes nothing.
      return false;
    }
  }
}
