package dev.stravinsky.chaos;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one trial for good: with the same seed the same fault strikes in the same place.
 *
 * @param place which of the cell's places, counted from 0
 * @param second which place of the second power cut, if there was one
 */
record TrialId(Operation operation, FaultKind kind, int place, OptionalInt second)
    implements Comparable<TrialId> {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9-]+)/([a-z0-9-]+)/([0-9]{1,8})(?:\\+([0-9]{1,8}))?");

  TrialId(Operation operation, FaultKind kind, int place) {
    this(operation, kind, place, OptionalInt.empty());
  }

  /** What {@link #toString} wrote; empty if it is no such thing. */
  static Optional<TrialId> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Optional<Operation> operation = Operation.of(parts.group(1));
    Optional<FaultKind> kind =
        Arrays.stream(FaultKind.values()).filter(k -> k.id().equals(parts.group(2))).findFirst();
    if (operation.isEmpty() || kind.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt second =
        parts.group(4) == null
            ? OptionalInt.empty()
            : OptionalInt.of(Integer.parseInt(parts.group(4)));
    return Optional.of(
        new TrialId(operation.get(), kind.get(), Integer.parseInt(parts.group(3)), second));
  }

  @Override
  public int compareTo(TrialId other) {
    int byPlace = Integer.compare(place, other.place);
    return byPlace != 0 ? byPlace : Integer.compare(second.orElse(-1), other.second.orElse(-1));
  }

  /** {@code update/power-cut/17+3}. */
  @Override
  public String toString() {
    String last = second.isPresent() ? "+" + second.getAsInt() : "";
    return operation.id() + "/" + kind.id() + "/" + place + last;
  }
}
