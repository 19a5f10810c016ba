package dev.stravinsky.claude.protections;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A permission rule: {@code Bash(rm *)}, {@code Read(./.env)}, {@code WebFetch}. */
record PermissionRule(String tool, String specifier) {
  private static final Pattern RULE = Pattern.compile("(?s)\\s*([^(\\s]+)\\s*(?:\\((.*)\\))?\\s*");

  static PermissionRule of(String written) {
    Matcher matcher = RULE.matcher(written);
    if (!matcher.matches()) {
      return new PermissionRule(written.strip(), "");
    }
    String inside = matcher.group(2) == null ? "" : matcher.group(2).strip();
    // The older way to write a prefix, and the two ways to write a path in the project.
    String plain = inside.replaceAll(":\\*$", " *").replaceAll("^\\./", "");
    return new PermissionRule(
        matcher.group(1), plain.equals("*") || plain.equals("**") ? "" : plain);
  }

  static boolean anyTakes(Collection<PermissionRule> rules, PermissionRule other) {
    return rules.stream().anyMatch(rule -> rule.takes(other));
  }

  /** Whether every call that the other is about is also one that this rule is about. */
  boolean takes(PermissionRule other) {
    if (!tool.equals(other.tool)) {
      boolean server = tool.startsWith("mcp__") && specifier.isEmpty();
      String prefix = tool.endsWith("*") ? tool.substring(0, tool.length() - 1) : tool + "__";
      return server && other.tool.startsWith(prefix);
    }
    if (specifier.isEmpty() || specifier.equals(other.specifier)) {
      return true;
    }
    if (!specifier.endsWith("*")) {
      return false;
    }
    String prefix = specifier.replaceAll("\\*+$", "");
    boolean plain = !prefix.contains("*") && !prefix.isEmpty();
    // "git *" is also about "git" alone.
    return plain && (other.specifier.startsWith(prefix) || (other.specifier + " ").equals(prefix));
  }
}
