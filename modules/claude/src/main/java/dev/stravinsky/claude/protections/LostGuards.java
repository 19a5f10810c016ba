package dev.stravinsky.claude.protections;

import dev.stravinsky.api.error.ErrorKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which hooks that can block would do so no more, or for less. */
final class LostGuards {
  private final List<Guard> before;
  private final List<Guard> after;

  LostGuards(List<Guard> before, List<Guard> after) {
    this.before = before;
    this.after = after;
  }

  /** One for each guard; a guard that is there twice counts once. */
  List<Lost> all() {
    List<Lost> lost = new ArrayList<>();
    Set<List<Object>> seen = new HashSet<>();
    for (Guard guard : before) {
      if (seen.add(List.of(guard.event(), guard.matcher(), guard.what(), guard.condition()))) {
        lost(guard).ifPresent(lost::add);
      }
    }
    return lost;
  }

  private Optional<Lost> lost(Guard guard) {
    List<Guard> same =
        after.stream()
            .filter(g -> g.event().equals(guard.event()) && g.what().equals(guard.what()))
            .toList();
    List<Guard> asStrict = same.stream().filter(g -> isAsStrict(g, guard)).toList();
    List<String> gap = gap(guard, asStrict.stream());
    if (gap.isEmpty()) {
      return Optional.empty();
    }
    if (!asStrict.isEmpty()) {
      String message = guard.described() + " would no longer see " + String.join(", ", gap);
      return Optional.of(lost(asStrict.getFirst(), message, guard.prevents(), guard));
    }
    if (!same.isEmpty()) {
      Guard weaker = same.getFirst();
      String when =
          weaker.once() && !guard.once() ? "once in a session" : "if " + weaker.condition();
      String message = guard.described() + " would run only " + when;
      return Optional.of(lost(weaker, message, guard.prevents(), guard));
    }
    // A new hook that sees all that the old one saw may well be its successor.
    Predicate<Guard> isNew = g -> before.stream().noneMatch(b -> b.what().equals(g.what()));
    List<Guard> successors =
        after.stream()
            .filter(g -> g.event().equals(guard.event()) && isAsStrict(g, guard))
            .filter(isNew)
            .toList();
    boolean replaced = gap(guard, successors.stream()).isEmpty();
    String message =
        replaced
            ? guard.described() + " would be replaced by " + successors.getFirst().name()
            : guard.described() + " would be gone";
    return Optional.of(lost(guard, message, guard.prevents() && !replaced, guard));
  }

  private static Lost lost(Guard where, String message, boolean blocks, Guard old) {
    return new Lost(
        where.file().live(),
        where.line(),
        ErrorKind.SCHEMA_ERROR,
        message,
        blocks,
        old.file().live());
  }

  private static List<String> gap(Guard guard, Stream<Guard> others) {
    return guard.matcher().notTakenBy(others.map(Guard::matcher).toList());
  }

  private static boolean isAsStrict(Guard other, Guard guard) {
    boolean asOften = !other.once() || guard.once();
    return asOften && (other.condition().isEmpty() || other.condition().equals(guard.condition()));
  }
}
