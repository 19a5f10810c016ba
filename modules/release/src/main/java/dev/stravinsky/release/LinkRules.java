package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.release.Item.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * Which links a release may have: relative, inside their target, not by way of another link (only
 * so can be said where they lead without asking a disk).
 */
final class LinkRules {
  private LinkRules() {}

  /**
   * Why a link is refused; empty if it may be.
   *
   * @param link its path in its target
   * @param to where it points, percent-encoded
   * @param target all items of its target by their path in it
   */
  static Optional<String> refusal(EntryPath link, String to, Map<EntryPath, Item> target) {
    if (to.isEmpty()) {
      return Optional.of("a link to nothing");
    }
    if (to.startsWith("/")) {
      return Optional.of("a link to the absolute path " + to);
    }
    if (to.contains("%5C") || to.contains("%00") || to.length() > 1 && to.charAt(1) == ':') {
      return Optional.of("a link with a name that is not allowed: " + to);
    }
    Deque<String> at = new ArrayDeque<>();
    if (!link.parent().equals(EntryPath.ROOT)) {
      at.addAll(java.util.List.of(link.parent().encoded().split("/")));
    }
    for (String step : to.split("/")) {
      if (isLink(at, target)) {
        return Optional.of("a link that leads through the link " + String.join("/", at));
      }
      if (step.equals("..") && at.isEmpty()) {
        return Optional.of("a link that leads out of its folder: " + to);
      }
      if (step.equals("..")) {
        at.removeLast();
      } else if (!step.equals(".")) {
        at.addLast(step);
      }
    }
    return Optional.empty();
  }

  private static boolean isLink(Deque<String> at, Map<EntryPath, Item> target) {
    if (at.isEmpty()) {
      return false;
    }
    Item item = target.get(new EntryPath(String.join("/", at)));
    return item != null && item.kind() == Kind.LINK;
  }
}
