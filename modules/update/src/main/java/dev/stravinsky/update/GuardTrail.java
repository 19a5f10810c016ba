package dev.stravinsky.update;

import dev.stravinsky.api.Redaction;
import java.util.ArrayList;
import java.util.List;

/** How a guarded command is written down: without what looks like a secret. */
final class GuardTrail {
  private static final int MAX_LENGTH = 500;

  private GuardTrail() {}

  /** The words in one line; the value of an option that is named like a secret is hidden. */
  static String command(List<String> words) {
    List<String> shown = new ArrayList<>();
    boolean hide = false;
    for (String word : words) {
      shown.add(hide ? Redaction.HIDDEN : word);
      hide = word.startsWith("-") && !word.contains("=") && Redaction.isSecretName(word);
    }
    String line = Redaction.of(String.join(" ", shown));
    return line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "..." : line;
  }
}
