package dev.stravinsky.chaos.sequence;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Something that is done, and what hits it meanwhile. */
public record Step(Act act, Optional<Blow> blow) {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9-]+)(?:!([a-z-]+)(?:\\.([0-9]{1,6}))?@([0-9]{1,3}))?");

  static Step of(Act act) {
    return new Step(act, Optional.empty());
  }

  /** The same undisturbed. */
  Step undisturbed() {
    return of(act);
  }

  /** What {@link #toString} wrote; empty if it is no such thing. */
  static Optional<Step> parse(String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Optional<Act> act = Act.of(parts.group(1));
    if (parts.group(2) == null) {
      return act.map(Step::of);
    }
    boolean losing = parts.group(3) != null;
    Blow blow =
        new Blow(
            parts.group(2),
            losing ? Integer.parseInt(parts.group(3)) : 0,
            Integer.parseInt(parts.group(4)));
    boolean sense =
        act.filter(Act::isCommand).isPresent()
            && Blow.FAULTS.contains(blow.fault())
            && losing == blow.fault().equals(Blow.POWER_CUT);
    return sense ? act.map(a -> new Step(a, Optional.of(blow))) : Optional.empty();
  }

  /** {@code update-v2!killed@437}. */
  @Override
  public String toString() {
    return act.id() + blow.map(b -> "!" + b).orElse("");
  }
}
