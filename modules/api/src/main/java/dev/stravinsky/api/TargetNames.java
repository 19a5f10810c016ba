package dev.stravinsky.api;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a target that is not built in may be called. */
public final class TargetNames {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Names that archives and folders of releases already have. */
  private static final Set<String> TAKEN =
      Set.of(
          "hooks",
          "commands",
          "settings",
          "agents",
          "skills",
          "rules",
          "output-styles",
          "claude.md",
          "manifest",
          "release");

  private TargetNames() {}

  /** What is wrong with a name, said after it; empty for a good one. */
  public static Optional<String> fault(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.of("must be 1 to 64 letters, digits, dots, hyphens or underscores");
    }
    return TAKEN.contains(folded(name))
        ? Optional.of("\"" + name + "\" is the name of a built-in target")
        : Optional.empty();
  }

  /** Two names that are equal in this form are one on some file system. */
  public static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
