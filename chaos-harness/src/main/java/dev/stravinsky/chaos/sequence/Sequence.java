package dev.stravinsky.chaos.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Steps one after the other, on a user's configuration on which nothing was installed yet. */
public record Sequence(List<Step> steps) {
  /** The operation's name in reports, and what an id begins with. */
  public static final String NAME = "sequence";

  private static final String START = NAME + ":";
  private static final int MOST = 7;
  private static final int LOSSES = 200;

  public Sequence {
    steps = List.copyOf(steps);
  }

  /** The one with this number of those that a seed stands for. */
  public static Sequence drawn(long seed, int number) {
    Random random = new Random(seed * 1_000_003 + number);
    List<Step> steps = new ArrayList<>();
    steps.add(step(Act.UPDATE_V1, random));
    int length = 2 + random.nextInt(MOST - 1);
    while (steps.size() < length) {
      steps.add(step(act(random), random));
    }
    return new Sequence(steps);
  }

  private static Act act(Random random) {
    int all = Arrays.stream(Act.values()).mapToInt(Act::weight).sum();
    int left = random.nextInt(all);
    for (Act act : Act.values()) {
      left -= act.weight();
      if (left < 0) {
        return act;
      }
    }
    throw new IllegalStateException("the weights do not add up");
  }

  private static Step step(Act act, Random random) {
    if (!act.isCommand() || random.nextInt(5) < 2) {
      return Step.of(act);
    }
    String fault = Blow.FAULTS.get(random.nextInt(Blow.FAULTS.size()));
    int loss = fault.equals(Blow.POWER_CUT) ? random.nextInt(LOSSES) : 0;
    return new Step(act, Optional.of(new Blow(fault, loss, random.nextInt(Blow.WHOLE))));
  }

  /** What {@link #toString} wrote; empty if it is no such thing. */
  public static Optional<Sequence> parse(String text) {
    if (!text.startsWith(START)) {
      return Optional.empty();
    }
    List<Optional<Step>> steps =
        Arrays.stream(text.substring(START.length()).split(",", -1)).map(Step::parse).toList();
    return steps.stream().allMatch(Optional::isPresent)
        ? Optional.of(new Sequence(steps.stream().map(Optional::orElseThrow).toList()))
        : Optional.empty();
  }

  /**
   * The shortest one that still fails: no step of it can be left out, and no fault. The same one
   * each time.
   *
   * @param fails whether a sequence does; this one does
   */
  public Sequence shrunk(Predicate<Sequence> fails) {
    Shrinking<Step> shrinking =
        new Shrinking<>(
            list -> !list.isEmpty() && fails.test(new Sequence(list)),
            step -> step.blow().map(blow -> step.undisturbed()));
    return new Sequence(shrinking.shortest(steps));
  }

  /** {@code sequence:update-v1,update-v2!killed@437}. */
  @Override
  public String toString() {
    return START + steps.stream().map(Step::toString).collect(Collectors.joining(","));
  }
}
