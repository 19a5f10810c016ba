package dev.stravinsky.update;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.merge.MergePlan.Decision;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import dev.stravinsky.api.transaction.TransactionRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The release's files that wait for a person after an update. The journal names them, and they are
 * taken from the release as it is kept: so a crash behind the commit loses none of them.
 */
final class SetAsideFiles {
  /** An attribute of the transaction: each file's target and encoded path, a line each. */
  static final String ATTRIBUTE = "set_aside";

  private final Services services;
  private final List<Conflict> conflicts = new ArrayList<>();
  private final List<Problem> failures = new ArrayList<>();

  SetAsideFiles(Services services) {
    this.services = services;
  }

  /** The attribute's value for a plan; empty if nothing is to be set aside. */
  static Optional<String> named(MergePlan plan) {
    String names =
        plan.conflicts().stream()
            .filter(decision -> decision.setAside().isPresent())
            .map(Decision::place)
            .map(place -> place.target().name() + "/" + place.path().encoded())
            .collect(Collectors.joining("\n"));
    return Optional.of(names).filter(n -> !n.isEmpty());
  }

  /**
   * Sets them aside. What waits there already and is something else, a late write for example,
   * stays.
   *
   * @throws IOException if a command that ends another's transaction cannot: the next tries again.
   *     In the update itself that is a failure to be told.
   */
  void of(TransactionRecord transaction) throws IOException {
    Optional<String> names = Optional.ofNullable(transaction.attributes().get(ATTRIBUTE));
    if (names.isEmpty()) {
      return;
    }
    Version version = new Version(transaction.attributes().get(VersionCompletion.TO));
    Optional<Release> kept = services.releases().published(version);
    List<Target> targets = services.targets().of(transaction.scope());
    for (String name : names.get().split("\n")) {
      int slash = name.indexOf('/');
      String targetName = name.substring(0, slash);
      EntryPath path = new EntryPath(name.substring(slash + 1));
      Optional<Target> target =
          targets.stream().filter(t -> t.name().equals(targetName) && t.covers(path)).findFirst();
      Optional<Path> content =
          kept.flatMap(release -> release.file(targetName, path).map(release::content));
      // A target that was taken out of the settings since the crash has no place for it any more.
      if (target.isPresent() && content.isPresent()) {
        one(transaction, target.get(), path, content.get());
      }
    }
  }

  private void one(TransactionRecord transaction, Target target, EntryPath path, Path content)
      throws IOException {
    Version version = new Version(transaction.attributes().get(VersionCompletion.TO));
    try {
      conflicts.add(services.conflicts().setAsideBeside(version, target, path, content));
    } catch (IOException e) {
      if (transaction.recovered()) {
        throw e;
      }
      failures.add(
          IoProblems.of(e, services.environment().home().directory())
              .inFile(path.resolveIn(target.root()))
              .leaving("your file is live; the release's was not set aside"));
    }
  }

  /** Those that wait now. */
  List<Conflict> conflicts() {
    return List.copyOf(conflicts);
  }

  /** Those that could not be set aside. */
  List<Problem> failures() {
    return List.copyOf(failures);
  }
}
