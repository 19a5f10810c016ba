package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.transaction.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds for each change the place that it really touches, and refuses what cannot be done safely:
 * everything at once, before anything is written.
 */
final class Planner {
  private final String id;
  private final List<Target> targets;
  private final Bases bases;
  private final Ways ways = new Ways();
  private final Set<Path> mountPoints;
  private final Map<Path, Planned> byLive = new LinkedHashMap<>();
  private final List<Planned> directories = new ArrayList<>();
  private final Map<Path, Path> impliedModels = new HashMap<>();
  private final List<Problem> refusals = new ArrayList<>();
  private int staged;

  private Planner(String id, List<Change> changes, Set<Path> mountPoints) {
    this.id = id;
    this.targets = changes.stream().map(Change::target).distinct().toList();
    this.bases = new Bases(id);
    this.mountPoints = mountPoints;
  }

  /**
   * What a plan comes to.
   *
   * @param bases where folders of the transaction are needed
   */
  record Plan(List<Target> targets, List<Path> bases, List<Planned> steps) {}

  /**
   * The changes as steps, with the directories that they need.
   *
   * @throws RefusedException naming every change that cannot be done
   */
  static Plan plan(String id, List<Change> changes, PlatformFiles platform) throws IOException {
    Set<Path> mountPoints =
        changes.isEmpty() ? Set.of() : platform.mountPoints(changes.getFirst().target().root());
    Planner planner = new Planner(id, changes, mountPoints);
    for (Change change : changes) {
      planner.add(change);
    }
    for (Planned each : planner.byLive.values()) {
      planner.refuseLateFailure(each.step());
    }
    if (!planner.refusals.isEmpty()) {
      throw new RefusedException(planner.refusals);
    }
    List<Planned> steps = new ArrayList<>(planner.directories);
    steps.addAll(planner.byLive.values());
    Set<Path> used = new LinkedHashSet<>();
    for (Planned each : steps) {
      used.add(planner.base(each.step()));
    }
    return new Plan(planner.targets, List.copyOf(used), List.copyOf(steps));
  }

  private void add(Change change) throws IOException {
    Path entry = change.path().resolveIn(change.target().root());
    Optional<String> refusal = refusal(change, entry);
    if (refusal.isPresent()) {
      refuse(entry, refusal.get());
      return;
    }
    boolean same = change.before().equals(change.afterwards());
    if (same && !(change instanceof Change.Put put && put.modified().isPresent())) {
      return;
    }
    switch (change) {
      case Change.Put put -> put(put, entry);
      case Change.Relink relink ->
          enter(relink, operation(relink), entry, seenBefore(relink, entry));
      case Change.MakeDirectory directory -> directory(directory, entry);
      case Change.Delete delete ->
          enter(delete, operation(delete), entry, seenBefore(delete, entry));
    }
  }

  private void put(Change.Put put, Path entry) throws IOException {
    Path live = entry;
    if (put.before() instanceof EntryState.Regular
        && Presence.isSymbolicLink(entry)
        && Presence.isRegularFile(entry)) {
      live = entry.toRealPath(); // The link stays; its file is what changes.
    }
    enter(put, operation(put), live, put.before());
  }

  private void directory(Change.MakeDirectory change, Path live) throws IOException {
    if (change.before() instanceof EntryState.Directory) {
      enter(change, Step.Operation.CHANGE_MODE, live, change.before());
      return;
    }
    enter(change, Step.Operation.MAKE_DIRECTORY, live, change.before());
  }

  private static Step.Operation operation(Change change) {
    if (change instanceof Change.Delete) {
      return change.before() instanceof EntryState.Directory
          ? Step.Operation.DELETE_DIRECTORY
          : Step.Operation.DELETE;
    }
    return change.before().equals(EntryState.ABSENT)
        ? Step.Operation.CREATE
        : Step.Operation.REPLACE;
  }

  /** A link may have been seen as the file it leads to; what is touched is the link itself. */
  private static EntryState seenBefore(Change change, Path entry) throws IOException {
    if (change.before() instanceof EntryState.Regular file
        && Presence.isSymbolicLink(entry)
        && Presence.isRegularFile(entry)
        && EntryStates.regular(entry).equals(file)) {
      return EntryStates.of(entry);
    }
    return change.before();
  }

  private void enter(Change change, Step.Operation wanted, Path live, EntryState before)
      throws IOException {
    boolean mounted = mountPoints.contains(live);
    boolean inPlace =
        mounted && change instanceof Change.Put && before instanceof EntryState.Regular;
    if (mounted && !inPlace) {
      refuse(live, "a mount point of its own, which cannot be replaced or removed as a whole");
      return;
    }
    if (inPlace && !Files.isWritable(live)) {
      // Nor could it be written back: the undoing of what never began would fail.
      refuse(live, "a mount point of its own that cannot be written");
      return;
    }
    Step.Operation operation = inPlace ? Step.Operation.OVERWRITE : wanted;
    needDirectory(change, live.getParent());
    Path model =
        operation == Step.Operation.CREATE || operation == Step.Operation.MAKE_DIRECTORY
            ? bases.nearest(live.getParent())
            : live;
    Step step = step(change, operation, live, before, change.afterwards());
    Planned other = byLive.putIfAbsent(live, new Planned(step, Optional.of(change), model));
    if (other != null && !other.step().after().equals(step.after())) {
      refuse(live, "two entries lead to this file, and they are to become different");
    }
    directories.removeIf(d -> d.step().live().equals(live));
  }

  /** Deletions follow the commit, when nothing can be refused any more. */
  private void refuseLateFailure(Step step) throws IOException {
    Path directory = step.live().getParent();
    boolean locked =
        step.isDeletion() && Presence.isDirectory(directory) && !Files.isWritable(directory);
    if (locked && !byLive.containsKey(directory)) {
      refusals.add(
          Problem.of(
                  ErrorKind.PERMISSION_DENIED,
                  "cannot be deleted: you may not write to its" + " directory")
              .inFile(step.live())
              .leaving("nothing was changed")
              .next("chmod u+wx '" + directory + "'"));
    }
  }

  /** Directories that a new entry needs come with it. */
  private void needDirectory(Change change, Path directory) throws IOException {
    boolean creates = !(change instanceof Change.Delete);
    if (!creates
        || byLive.containsKey(directory)
        || impliedModels.containsKey(directory)
        || Placement.exists(directory)) {
      return;
    }
    needDirectory(change, directory.getParent());
    Path model = bases.nearest(directory);
    impliedModels.put(directory, model);
    EntryState after = new EntryState.Directory(modeBelow(FileModes.of(model)));
    Step step = step(change, Step.Operation.MAKE_DIRECTORY, directory, EntryState.ABSENT, after);
    directories.add(new Planned(step, Optional.empty(), model));
  }

  /** As the directory around it, but never writable by everybody, and open to whom may read it. */
  private static int modeBelow(int mode) {
    boolean shared = (mode & 02000) != 0;
    return 0700 | (mode | (mode & 0444) >> 2) & (shared ? 02775 : 0755);
  }

  private Step step(
      Change change, Step.Operation operation, Path live, EntryState before, EntryState after)
      throws IOException {
    int target = targets.indexOf(change.target());
    Path root = change.target().root();
    EntryPath path = live.startsWith(root) ? EntryPath.relativize(root, live) : EntryPath.ROOT;
    Path folder = Header.folder(id, bases.baseFor(change.target(), live));
    EntryPath place = change.path();
    boolean directory = after instanceof EntryState.Directory;
    Path stagedAt =
        directory
            ? folder.resolve("directories").resolve(String.valueOf(staged++))
            : place.resolveIn(folder.resolve("new").resolve(String.valueOf(target)));
    Path aside =
        directory
            ? stagedAt
            : place.resolveIn(folder.resolve("old").resolve(String.valueOf(target)));
    EntryPath named = operation == Step.Operation.MAKE_DIRECTORY ? path : place;
    return new Step(operation, target, named, live, stagedAt, aside, before, after, "", "");
  }

  private Path base(Step step) throws IOException {
    return bases.baseFor(targets.get(step.target()), step.live());
  }

  private Optional<String> refusal(Change change, Path entry) throws IOException {
    if (change.path().equals(EntryPath.ROOT) || !change.target().covers(change.path())) {
      return Optional.of("not an entry of the target " + change.target().name());
    }
    boolean file = change instanceof Change.Put || change instanceof Change.Relink;
    if (file && change.before() instanceof EntryState.Directory) {
      return Optional.of("a directory, where the new version has a file");
    }
    if (change instanceof Change.MakeDirectory
        && (change.before() instanceof EntryState.Regular
            || change.before() instanceof EntryState.Link)) {
      return Optional.of("a file, where the new version has a directory");
    }
    boolean special =
        Presence.attributes(entry, LinkOption.NOFOLLOW_LINKS)
            .filter(BasicFileAttributes::isOther)
            .isPresent();
    return special
        ? Optional.of("a pipe, socket or device, which is left alone")
        : ways.refusal(change.target().root(), entry);
  }

  /** Whether single files of the target are mounts of their own, as containers have them. */
  static boolean hasMountedFile(Target target, PlatformFiles platform) throws IOException {
    Set<Path> points = platform.mountPoints(target.root());
    for (String each : target.files()) {
      Path file = target.root().resolve(each);
      if (Presence.exists(file) && points.contains(file.toRealPath())) {
        return true;
      }
    }
    for (Path point : points) {
      if (target.isTree() && point.startsWith(target.root()) && Presence.isRegularFile(point)) {
        return true;
      }
    }
    return false;
  }

  private void refuse(Path file, String why) {
    refusals.add(
        Problem.of(ErrorKind.UNKNOWN, why)
            .inFile(file)
            .leaving("nothing was changed")
            .next("move it out of the way, then type the command again"));
  }
}
