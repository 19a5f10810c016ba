package dev.stravinsky.api.update;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What one scope's updates leave alone.
 *
 * @param holds at most one for each version, the oldest first
 * @param pin the only version that updates may bring, if there is one
 */
public record HeldVersions(Scope scope, List<Hold> holds, Optional<Version> pin) {

  public HeldVersions {
    holds = List.copyOf(holds);
  }

  public Optional<Hold> holdOf(Version version) {
    return holds.stream().filter(hold -> hold.version().equals(version)).findFirst();
  }

  /** Whether {@code update} without an argument may take the version. */
  public boolean isOffered(Version version) {
    return notOffered(version).isEmpty();
  }

  /** Why {@code update} without an argument passes the version over; empty if it may take it. */
  public Optional<String> notOffered(Version version) {
    Optional<String> pinned =
        pin.filter(only -> !only.equals(version)).map(only -> "pinned to " + only);
    return pinned.or(() -> holdOf(version).map(Hold::why));
  }

  /**
   * Why the version is not installed even if it is asked for by its name: the user held it, or
   * pinned another. An automatic hold is no such reason: to name the version is to ask for it.
   */
  public Optional<Problem> refusal(Version version) {
    String scoped = scope instanceof Scope.Project ? " --scope project" : "";
    if (pin.isPresent() && !pin.get().equals(version)) {
      return Optional.of(
          problem("pinned to " + pin.get() + ": " + version + " is another version")
              .next("stravinsky unpin" + scoped));
    }
    return holdOf(version)
        .filter(hold -> !hold.automatic())
        .map(
            hold ->
                problem(version + " is " + hold.why())
                    .next("stravinsky unhold " + version + scoped));
  }

  private static Problem problem(String message) {
    return Problem.of(ErrorKind.UNKNOWN, message).leaving("your files are as they were");
  }
}
