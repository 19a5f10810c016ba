package dev.stravinsky.merge;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.merge.MergePlan.Decision;
import dev.stravinsky.api.merge.MergeRequest;
import dev.stravinsky.api.merge.Merger;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.Release.Deletion;
import dev.stravinsky.api.release.ReleaseFile;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.api.transaction.Conflicts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Compares base, new release and live files one by one; the cost is that of the release's files.
 */
final class ThreeWayMerger implements Merger {
  private final Supplier<Conflicts> waiting;

  /** {@code waiting} gives the conflicts of earlier updates. */
  ThreeWayMerger(Supplier<Conflicts> waiting) {
    this.waiting = waiting;
  }

  @Override
  public MergePlan plan(MergeRequest request) throws IOException {
    Map<TargetView, SortedMap<EntryPath, FileSides>> sides = sides(request);
    List<Path> roots = sides.keySet().stream().map(view -> view.target().root()).toList();
    for (var each : sides.entrySet()) {
      for (FileSides file : each.getValue().values()) {
        TargetView live = each.getKey();
        String obstacle = TargetMerge.obstacle(live, file.path());
        file.live(LiveEntry.of(live.anything(file.path()), obstacle, roots));
      }
    }
    hashOnAllCores(sides.values());
    FileMerge contents = new FileMerge(request.policy(), request.scratch(), waiting);
    List<Change> changes = new ArrayList<>();
    List<Decision> decisions = new ArrayList<>();
    Set<TargetPath> released = new HashSet<>();
    for (var each : sides.entrySet()) {
      TargetMerge merge = new TargetMerge(each.getKey(), request.policy(), contents);
      merge.run(each.getValue());
      changes.addAll(merge.changes());
      decisions.addAll(merge.decisions());
      released.addAll(merge.released());
    }
    return new MergePlan(changes, decisions, released);
  }

  /** By target, each path that one of the releases knows. */
  private static Map<TargetView, SortedMap<EntryPath, FileSides>> sides(MergeRequest request) {
    Map<TargetView, SortedMap<EntryPath, FileSides>> all = new LinkedHashMap<>();
    request.live().forEach(view -> all.put(view, new TreeMap<>()));
    Release incoming = request.incoming();
    List<Problem> nowhere = new ArrayList<>();
    for (ReleaseFile file : incoming.files()) {
      find(all, file.target(), file.path())
          .ifPresentOrElse(
              sides -> sides.incoming(incoming, file), () -> nowhere.add(nowhere(file)));
    }
    if (!nowhere.isEmpty()) {
      throw new RefusedException(nowhere);
    }
    for (Deletion deletion : incoming.deletes()) {
      find(all, deletion.target(), deletion.path())
          .ifPresent(sides -> sides.unwanted(deletion.contents()));
    }
    // A target that was taken out of the settings since is not ours to touch any more.
    request
        .base()
        .ifPresent(
            base ->
                base.files()
                    .forEach(
                        file ->
                            find(all, file.target(), file.path())
                                .ifPresent(sides -> sides.base(base, file))));
    return all;
  }

  private static Optional<FileSides> find(
      Map<TargetView, SortedMap<EntryPath, FileSides>> all, String target, EntryPath path) {
    for (var each : all.entrySet()) {
      if (each.getKey().target().name().equals(target) && each.getKey().target().covers(path)) {
        return Optional.of(each.getValue().computeIfAbsent(path, FileSides::new));
      }
    }
    return Optional.empty();
  }

  private static Problem nowhere(ReleaseFile file) {
    return Problem.of(
            ErrorKind.UNKNOWN,
            file.target() + "/" + file.path() + ": there is no target that takes this file")
        .leaving("nothing was changed");
  }

  /** The verdict alone reads what has to be read; the decisions then find everything hashed. */
  private static void hashOnAllCores(Collection<SortedMap<EntryPath, FileSides>> sides)
      throws IOException {
    try {
      sides.stream().flatMap(files -> files.values().stream()).toList().parallelStream()
          .forEach(ThreeWayMerger::judge);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static void judge(FileSides file) {
    try {
      file.verdict();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
