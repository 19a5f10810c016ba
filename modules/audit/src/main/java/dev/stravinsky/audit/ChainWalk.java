package dev.stravinsky.audit;

import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Follows the chain line by line and says of every break which event it is: changed, removed,
 * inserted, moved or cut off.
 *
 * <p>A line is <em>chained</em> if it follows the last good event, and <em>anchored</em> if the
 * line behind it (or the head, for the last one) follows it. What is chained or anchored belongs; a
 * line that is neither is foreign: it stands in place of a missing event, or was put in.
 */
final class ChainWalk {
  private final Optional<TrailHead> head;
  private final List<Problem> problems = new ArrayList<>();
  private final Set<Long> told = new HashSet<>();
  private final List<Step> foreign = new ArrayList<>();
  private TrailHead good = TrailHead.EMPTY;
  private Optional<Step> goodStep = Optional.empty();
  private Optional<TrailHead> start = Optional.empty();
  private Optional<Step> startStep = Optional.empty();
  private long events;

  /**
   * @param head the last event as {@code head.json} has it
   */
  ChainWalk(Optional<TrailHead> head) {
    this.head = head;
  }

  /**
   * A line of the log.
   *
   * @param link empty if it does not look like an event
   */
  record Step(Optional<Link> link, Path file, int line) {
    boolean follows(TrailHead before) {
      return link.isPresent() && link.get().follows(before);
    }

    TrailHead asHead() {
      return link.orElseThrow().head();
    }
  }

  List<Problem> problems() {
    return problems;
  }

  /** The last event that belongs. */
  TrailHead good() {
    return good;
  }

  Optional<Step> goodStep() {
    return goodStep;
  }

  long events() {
    return events;
  }

  /** What the trail begins after, if that is not the beginning; the first line says so itself. */
  Optional<TrailHead> start() {
    return start;
  }

  /** The first line where {@link #start} is given. */
  Optional<Step> startStep() {
    return startStep;
  }

  /** Whether a problem already names this event. */
  boolean hasTold(long seq) {
    return told.contains(seq);
  }

  /**
   * Takes the next line.
   *
   * @return whether the line is the next event of the chain
   */
  boolean step(Step step, Optional<Step> next, Optional<Step> afterNext) {
    boolean anchored = isAnchored(step, next);
    if (step.follows(good)) {
      boolean forged =
          !anchored
              && next.isPresent()
              && next.get().follows(good)
              && isAnchored(next.get(), afterNext);
      if (forged) {
        foreign.add(step);
        return false;
      }
      foreign.forEach(this::tellInserted);
      accept(step);
      return true;
    }
    if (anchored && step.link().orElseThrow().seq() > good.seq()) {
      tellBreak(step);
      accept(step);
      return true;
    }
    foreign.add(step);
    return false;
  }

  /** After the last line: what is left over, and what the head misses. */
  void end(Path log) {
    long missing = good.seq() + 1;
    long through = head.map(TrailHead::seq).orElse(0L);
    for (Step step : foreign) {
      if (missing <= through) {
        tell(missing++, step, "was changed");
      } else {
        tellInserted(step);
      }
    }
    foreign.clear();
    if (missing <= through) {
      told.add(through);
      problem(
          range(missing, through) + " cut off at the end: head.json has seen event " + through,
          log,
          goodStep.map(Step::line).orElse(1));
    }
  }

  /** Names an event by its place. */
  void tell(long seq, Step step, String what) {
    if (told.add(seq)) {
      problem("event " + seq + " " + what, step.file(), step.line());
    }
  }

  void problem(String message, Path file, int line) {
    problems.add(
        Problem.of(ErrorKind.CORRUPTED_BACKUP, message)
            .inFile(file)
            .atLine(line)
            .leaving("the trail was not touched")
            .next("stravinsky audit log"));
  }

  private boolean isAnchored(Step step, Optional<Step> next) {
    if (step.link().isEmpty()) {
      return false;
    }
    return next.map(n -> n.follows(step.asHead()))
        .orElseGet(() -> head.isPresent() && head.get().equals(step.asHead()));
  }

  private void accept(Step step) {
    foreign.clear();
    Link link = step.link().orElseThrow();
    good = link.head();
    goodStep = Optional.of(step);
    events++;
    if (!link.sound()) {
      tell(link.seq(), step, "was changed: its content does not have the hash that it was given");
    }
  }

  /** The step belongs, but does not follow what was good so far. */
  private void tellBreak(Step step) {
    Link link = step.link().orElseThrow();
    long missing = good.seq() + 1;
    if (missing == link.seq()) {
      foreign.forEach(this::tellInserted);
      if (link.sound() && goodStep.isPresent()) {
        tell(
            good.seq(),
            goodStep.get(),
            "was changed: event " + link.seq() + " follows another one");
      } else {
        tell(link.seq(), step, "was changed: it says that it follows another event");
      }
      return;
    }
    if (good.seq() == 0 && foreign.isEmpty()) {
      start = Optional.of(new TrailHead(link.seq() - 1, link.prevHash()));
      startStep = Optional.of(step);
      return;
    }
    for (Step other : foreign) {
      if (missing < link.seq()) {
        tell(missing++, other, "was changed");
      } else {
        tellInserted(other);
      }
    }
    if (missing < link.seq()) {
      for (long seq = missing; seq < link.seq() && seq < missing + 1000; seq++) {
        told.add(seq);
      }
      problem(
          range(missing, link.seq() - 1) + " missing before event " + link.seq(),
          step.file(),
          step.line());
    }
  }

  private void tellInserted(Step step) {
    String what =
        step.link()
            .map(link -> "event " + link.seq() + " is not in its place: it does not belong here")
            .orElse("this is not an event: it was put in");
    problem(what, step.file(), step.line());
  }

  private static String range(long first, long last) {
    return first == last ? "event " + first + " is" : "events " + first + " to " + last + " are";
  }
}
