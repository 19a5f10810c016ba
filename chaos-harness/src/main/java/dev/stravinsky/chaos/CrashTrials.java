package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.DiskImage;
import dev.stravinsky.testkit.crash.Loss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Recovers from every different state that a power cut can leave on the disk. Equal states are
 * tried once: what runs afterwards sees nothing but the disk, and the clock stands still.
 */
final class CrashTrials {
  private static final Ending KILLED = new Ending(Ending.Kind.KILLED, "power cut");
  private static final Ending DONE = new Ending(Ending.Kind.DONE, "before the power cut");

  private static final int RETRIED_SINGLES = 16;

  private final CleanRun clean;
  private final Oracle oracle;
  private final Sandbox prepared;
  private final Sweep.Depth depth;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> retried = ConcurrentHashMap.newKeySet();
  private final Queue<Crash> seconds = new ConcurrentLinkedQueue<>();
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();
  private final AtomicInteger pointsTried = new AtomicInteger();
  private int states;

  CrashTrials(CleanRun clean, Sandbox prepared, Sweep.Depth depth) {
    this.clean = clean;
    this.oracle = new Oracle(clean);
    this.prepared = prepared;
    this.depth = depth;
  }

  /**
   * A state of the disk, and how it came about.
   *
   * @param claimed what the command said before the power went
   * @param followed whether what recovers from it is cut off too
   * @param retried whether the command is typed again in the end
   */
  private record Crash(
      String place, DiskImage disk, Ending claimed, boolean followed, boolean retried) {
    /** The same state in another way: all that is asked of either. */
    Crash or(Crash other) {
      return new Crash(place, disk, claimed, followed || other.followed, retried || other.retried);
    }
  }

  void run(List<CrashPoint> points) {
    Map<String, Crash> firsts = new ConcurrentHashMap<>();
    points.parallelStream().forEach(point -> addFirsts(point, point == points.getLast(), firsts));
    seen.addAll(firsts.keySet());
    states = firsts.size();
    firsts.values().parallelStream().forEach(this::tryOnce);
    seconds.parallelStream().forEach(this::tryOnce);
  }

  private void addFirsts(CrashPoint point, boolean over, Map<String, Crash> firsts) {
    Ending claimed = over ? DONE : KILLED;
    for (Loss loss : point.losses()) {
      DiskImage disk = point.after(loss);
      Crash crash =
          new Crash(
              point.place() + ", losing " + loss, disk, claimed, isFollowed(loss), isRetried(loss));
      firsts.merge(key(disk, claimed), crash, Crash::or);
    }
    pointsTried.incrementAndGet();
  }

  /** What was claimed to be done must be found done, so those states are told apart. */
  private static String key(DiskImage disk, Ending claimed) {
    return claimed.kind() + disk.digest();
  }

  /** To type the command again costs most; a build does so after a part of the losses. */
  private boolean isRetried(Loss loss) {
    return depth == Sweep.Depth.ALL
        || switch (loss) {
          case Loss.Everything all -> true;
          case Loss.Nothing none -> true;
          case Loss.Dropped dropped -> dropped.index() % RETRIED_SINGLES == 0;
          case Loss.Kept kept -> kept.index() % RETRIED_SINGLES == 0;
          default -> false;
        };
  }

  /** A build cuts off the recovery from what is lost as a whole. */
  private boolean isFollowed(Loss loss) {
    return depth == Sweep.Depth.ALL
        || loss instanceof Loss.Everything
        || loss instanceof Loss.Nothing;
  }

  int pointsTried() {
    return pointsTried.get();
  }

  int states() {
    return states;
  }

  int secondStates() {
    return seconds.size();
  }

  List<String> violations() {
    return List.copyOf(violations);
  }

  private void tryOnce(Crash crash) {
    List<String> found = new ArrayList<>();
    try (Sandbox sandbox = prepared.on(crash.disk().open())) {
      sandbox.withFreshIds().clock().advance(Sweep.PAUSE);
      found.addAll(recover(crash, sandbox));
    } catch (IOException | RuntimeException e) {
      found.add("the harness itself failed: " + e);
    }
    found.forEach(
        v -> violations.add(clean.operation().title() + " at " + crash.place() + ": " + v));
  }

  private List<String> recover(Crash crash, Sandbox sandbox) throws IOException {
    List<String> found = new ArrayList<>(oracle.afterKill(sandbox));
    // To write every change down costs as much as the recovery, and most states need no more of it.
    Optional<CrashRecording> recording =
        crash.followed() || crash.retried()
            ? Optional.of(CrashRecording.begin(sandbox.faults()))
            : Optional.empty();
    Ending recovery = Ending.of(() -> new Commands(sandbox.services()).resume());
    sandbox.restart();
    if (recovery.kind() != Ending.Kind.DONE) {
      found.add("what was interrupted is not finished by the next command: " + recovery);
      return found;
    }
    boolean nothingToDo = sandbox.faults().changes() == 0;
    List<CrashPoint> points =
        recording.isEmpty() || nothingToDo ? List.of() : recording.get().end();
    found.addAll(oracle.atRest(sandbox, crash.claimed(), Fault.Aftermath.HEALS));
    if (crash.followed()) {
      addSeconds(crash, points);
    }
    if (crash.retried() && retried.add(settled(crash, points))) {
      sandbox.withFreshIds().clock().advance(Sweep.PAUSE);
      Ending retry = clean.operation().run(sandbox.services());
      sandbox.restart();
      found.addAll(oracle.afterRetry(sandbox, retry));
    }
    return found;
  }

  /** The state that the recovery left, which is the crash's own where there was nothing to do. */
  private static String settled(Crash crash, List<CrashPoint> points) {
    return points.isEmpty()
        ? crash.disk().digest()
        : points.getLast().after(new Loss.Nothing()).digest();
  }

  private void addSeconds(Crash first, List<CrashPoint> points) {
    for (CrashPoint point : points) {
      List<Loss> losses =
          depth == Sweep.Depth.ALL ? point.losses() : List.of(new Loss.Everything());
      for (Loss loss : losses) {
        DiskImage disk = point.after(loss);
        if (seen.add(key(disk, first.claimed()))) {
          String place = first.place() + ", then at " + point.place() + ", losing " + loss;
          seconds.add(new Crash(place, disk, first.claimed(), false, first.retried()));
        }
      }
    }
  }
}
