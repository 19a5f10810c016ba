package dev.stravinsky.chaos;

import dev.stravinsky.chaos.CrashPlaces.Place;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.DiskImage;
import dev.stravinsky.testkit.crash.Loss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Recovers from every different state that a power cut can leave on the disk. Equal states are
 * tried once: what runs afterwards sees nothing but the disk, and the clock stands still.
 */
final class CrashTrials {
  private static final Ending KILLED = new Ending(Ending.Kind.KILLED, "power cut");
  private static final Ending DONE = new Ending(Ending.Kind.DONE, "before the power cut");

  private static final int RETRIED_SINGLES = 16;

  private final World world;
  private final Oracle oracle;
  private final Effort effort;
  private final CrashPlaces places;
  private final Set<String> seen = ConcurrentHashMap.newKeySet();
  private final Set<String> retried = ConcurrentHashMap.newKeySet();
  private final Map<String, Crash> seconds = new ConcurrentHashMap<>();
  private final Queue<Trial> failed = new ConcurrentLinkedQueue<>();
  private final AtomicInteger crashes = new AtomicInteger();
  private int states;
  private int pointsTried;

  CrashTrials(World world, Effort effort) throws IOException {
    this.world = world;
    this.oracle = new Oracle(world.clean());
    this.effort = effort;
    this.places = new CrashPlaces(world.crashPoints());
  }

  /**
   * A state of the disk, and how it came about.
   *
   * @param claimed what the command said before the power went
   * @param followed whether what recovers from it is cut off too
   * @param retried whether the command is typed again in the end
   */
  private record Crash(
      TrialId id, String place, DiskImage disk, Ending claimed, boolean followed, boolean retried) {

    /** The same state in another way: all that is asked of either, under the lower number. */
    Crash or(Crash other) {
      Crash named = id.compareTo(other.id) <= 0 ? this : other;
      return new Crash(
          named.id,
          named.place,
          disk,
          claimed,
          followed || other.followed,
          retried || other.retried);
    }
  }

  void run() {
    Map<String, Crash> firsts = new ConcurrentHashMap<>();
    List<Integer> chosen = Effort.chosen(places.points().size(), effort.crashPoints());
    forAll(chosen, point -> addFirsts(point, firsts));
    pointsTried = chosen.size();
    seen.addAll(firsts.keySet());
    states = firsts.size();
    forAll(firsts.values(), this::tryOnce);
    forAll(seconds.values(), this::tryOnce);
  }

  private static <T> void forAll(Collection<T> all, Consumer<T> action) {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (T each : all) {
      tasks.add(
          () -> {
            action.accept(each);
            return true;
          });
    }
    Crew.all(tasks);
  }

  /** One of them again, and a second one if the id says so. */
  Trial replay(TrialId id, Watcher watcher) throws IOException {
    Crash first = crash(places.get(id.place()), true, id.second().isEmpty());
    if (id.second().isEmpty()) {
      return new Trial(id, first.place(), true, recover(first, watcher, c -> {}));
    }
    List<Crash> followers = new ArrayList<>();
    recover(first, Watcher.NOBODY, recovery -> addFollowers(first, recovery, followers));
    Crash second =
        followers.stream()
            .filter(c -> c.id().second().equals(id.second()))
            .findFirst()
            .orElseThrow(() -> new IndexOutOfBoundsException(id.second().getAsInt()));
    return new Trial(id, second.place(), true, recover(second, watcher, c -> {}));
  }

  /** How many power cuts there can be, not counting second ones. */
  int places() {
    return places.size();
  }

  String place(int number) {
    return places.get(number).toString();
  }

  int points() {
    return places.points().size();
  }

  int pointsTried() {
    return pointsTried;
  }

  /** How many power cuts there were, second ones too. */
  int crashes() {
    return crashes.get();
  }

  /** How many different states of the disk they left, from each of which was recovered. */
  int states() {
    return states;
  }

  int secondStates() {
    return seconds.size();
  }

  List<Trial> failed() {
    return failed.stream().sorted(java.util.Comparator.comparing(Trial::id)).toList();
  }

  private void addFirsts(int point, Map<String, Crash> firsts) {
    for (Place place : places.at(point)) {
      Crash crash = crash(place, isFollowed(place.loss()), isRetried(place.loss()));
      crashes.incrementAndGet();
      firsts.merge(key(crash.disk(), crash.claimed()), crash, Crash::or);
    }
  }

  private Crash crash(Place place, boolean followed, boolean again) {
    TrialId id = new TrialId(world.operation(), FaultKind.POWER_CUT, place.number());
    Ending claimed = place.over() ? DONE : KILLED;
    return new Crash(id, place.toString(), place.disk(), claimed, followed, again);
  }

  /** What was claimed to be done must be found done, so those states are told apart. */
  private static String key(DiskImage disk, Ending claimed) {
    return claimed.kind() + disk.digest();
  }

  /** To type the command again costs most; a build does so after a part of the losses. */
  private boolean isRetried(Loss loss) {
    // What is torn of a log is met only by who appends next.
    boolean onlyAppends = world.operation() == Operation.AUDIT_WRITE;
    return effort.depth() == Effort.Depth.ALL
        || onlyAppends
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
    return switch (effort.depth()) {
      case NONE -> false;
      case BUILD -> loss instanceof Loss.Everything || loss instanceof Loss.Nothing;
      case ALL -> true;
    };
  }

  private void tryOnce(Crash crash) {
    List<String> found = new ArrayList<>();
    try {
      found.addAll(recover(crash, Watcher.NOBODY, recovery -> addSeconds(crash, recovery)));
    } catch (IOException | RuntimeException e) {
      found.add("the harness itself failed: " + e);
    }
    if (!found.isEmpty()) {
      failed.add(new Trial(crash.id(), crash.place(), true, found));
    }
  }

  private List<String> recover(Crash crash, Watcher watcher, Consumer<CrashPlaces> recovered)
      throws IOException {
    try (Sandbox sandbox = world.on(crash.disk())) {
      sandbox.withFreshIds().clock().advance(StrikeTrials.PAUSE);
      watcher.begin(sandbox);
      List<String> found = new ArrayList<>(oracle.afterKill(sandbox));
      // To write every change down costs as much as the recovery, and most states need none of it.
      Optional<CrashRecording> recording =
          crash.followed() || crash.retried()
              ? Optional.of(CrashRecording.begin(sandbox.faults()))
              : Optional.empty();
      Ending recovery = Ending.of(() -> new Commands(sandbox.services()).resume());
      watcher.after("the next command, which recovers first", recovery, sandbox);
      sandbox.restart();
      if (recovery.kind() != Ending.Kind.DONE) {
        found.add("what was interrupted is not finished by the next command: " + recovery);
        return found;
      }
      CrashPlaces points =
          new CrashPlaces(
              recording.isEmpty() || sandbox.faults().changes() == 0
                  ? List.of()
                  : recording.get().end());
      found.addAll(oracle.atRest(sandbox, crash.claimed(), Fault.Aftermath.HEALS));
      if (crash.followed()) {
        recovered.accept(points);
      }
      if (crash.retried() && retried.add(settled(crash, points))) {
        sandbox.withFreshIds().clock().advance(StrikeTrials.PAUSE);
        Ending retry = world.operation().run(sandbox.services());
        watcher.after("the command again", retry, sandbox);
        sandbox.restart();
        found.addAll(oracle.afterRetry(sandbox, retry));
      }
      return found;
    }
  }

  /** The state that the recovery left, which is the crash's own where there was nothing to do. */
  private static String settled(Crash crash, CrashPlaces recovery) {
    return recovery.size() == 0
        ? crash.disk().digest()
        : recovery.points().getLast().after(new Loss.Nothing()).digest();
  }

  private void addSeconds(Crash first, CrashPlaces recovery) {
    List<Crash> followers = new ArrayList<>();
    addFollowers(first, recovery, followers);
    for (Crash each : followers) {
      crashes.incrementAndGet();
      String key = key(each.disk(), each.claimed());
      if (!seen.contains(key)) {
        seconds.merge(key, each, Crash::or);
      }
    }
  }

  private void addFollowers(Crash first, CrashPlaces recovery, List<Crash> followers) {
    for (int point = 0; point < recovery.points().size(); point++) {
      for (Place place : recovery.at(point)) {
        if (effort.depth() == Effort.Depth.ALL || place.loss() instanceof Loss.Everything) {
          TrialId id =
              new TrialId(
                  first.id().operation(),
                  first.id().kind(),
                  first.id().place(),
                  OptionalInt.of(place.number()));
          String where = first.place() + ", then at " + place;
          followers.add(
              new Crash(id, where, place.disk(), first.claimed(), false, first.retried()));
        }
      }
    }
  }
}
