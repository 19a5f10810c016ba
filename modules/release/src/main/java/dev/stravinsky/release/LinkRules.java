package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import java.util.Optional;
import java.util.Set;

/**
 * Which links a release may have: relative, inside their target, not by way of another link (only
 * so can be said where they lead without asking a disk).
 */
final class LinkRules {
  /** More than any real one has; each step is looked at. */
  private static final int MOST_STEPS = 255;

  private LinkRules() {}

  /**
   * Why a link is refused; empty if it may be.
   *
   * @param link its path in its target
   * @param to where it points, percent-encoded
   * @param links the encoded paths of all links of its target
   */
  static Optional<String> refusal(EntryPath link, String to, Set<String> links) {
    if (to.isEmpty()) {
      return Optional.of("a link to nothing");
    }
    if (to.startsWith("/")) {
      return Optional.of("a link to the absolute path " + to);
    }
    if (to.contains("%5C") || to.contains("%00") || to.length() > 1 && to.charAt(1) == ':') {
      return Optional.of("a link with a name that is not allowed: " + to);
    }
    String[] steps = to.split("/");
    if (steps.length > MOST_STEPS) {
      return Optional.of("a link of more than " + MOST_STEPS + " steps");
    }
    String at = link.parent().encoded();
    for (String step : steps) {
      if (links.contains(at)) {
        return Optional.of("a link that leads through the link " + at);
      }
      if (step.equals("..") && at.isEmpty()) {
        return Optional.of("a link that leads out of its folder: " + to);
      }
      if (step.equals("..")) {
        at = at.substring(0, Math.max(0, at.lastIndexOf('/')));
      } else if (!step.equals(".")) {
        at = at.isEmpty() ? step : at + "/" + step;
      }
    }
    return Optional.empty();
  }
}
