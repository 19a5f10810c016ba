package dev.stravinsky.update;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetView.Node;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.Backup.Extraction;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.update.GuardRequest;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The checks around a guarded program: what it brings blocks, what was broken before only warns.
 */
final class GuardChecks {
  private final Services services;
  private final GuardRequest request;
  private final LiveState live;

  GuardChecks(Services services, GuardRequest request, LiveState live) {
    this.services = services;
    this.request = request;
    this.live = live;
  }

  /** The machine, before anything is done; what is in the files now does not block. */
  CheckReport before() throws IOException {
    long bytes = 0;
    for (TargetView view : live.views()) {
      for (Node node : view.nodes()) {
        boolean file = Presence.isRegularFile(node.location(), LinkOption.NOFOLLOW_LINKS);
        bytes += file ? Files.size(node.location()) : 0;
      }
    }
    CheckContext context = context(Phase.PRE_UPDATE, live.views(), List.of(), bytes);
    return run(context, Optional.empty());
  }

  /** What the program left, compared with the state before, which the backup has. */
  CheckReport after(GuardedState now, Backup backup, List<Difference> differences)
      throws IOException {
    Extraction extraction = backup.extract(replaced(backup, differences).values());
    try {
      List<TargetView> old = old(now, differences, replaced(backup, differences), extraction);
      List<TargetPath> changed = new ArrayList<>();
      for (TargetView view : now.views()) {
        for (Difference each : differences) {
          if (isOf(each, view.target())) {
            changed.add(new TargetPath(view.target(), each.path()));
          }
        }
      }
      return run(
          context(Phase.STAGED, now.views(), changed, 0),
          Optional.of(context(Phase.STAGED, old, changed, 0)));
    } finally {
      Disposal.attempt(extraction::close);
    }
  }

  /** What blocks, each with the option that accepts it. */
  static List<Problem> blocking(List<Finding> findings) {
    return findings.stream().map(GuardChecks::problem).toList();
  }

  private static Problem problem(Finding finding) {
    Problem problem = finding.problem();
    return problem.nextCommand().isPresent()
        ? problem
        : problem.next("stravinsky guard --accept " + finding.checkId() + " -- COMMAND");
  }

  private CheckReport run(CheckContext context, Optional<CheckContext> old) {
    return services
        .checks()
        .run(new CheckRequest(context, old, Set.of(), request.accepted(), request.plugins()));
  }

  private CheckContext context(
      Phase phase, List<TargetView> views, List<TargetPath> changed, long requiredBytes)
      throws IOException {
    return CheckContexts.of(
        services,
        phase,
        live,
        views,
        new CheckContexts.Incoming(
            Map.of(), changed, Optional.of(live.version()), List.of(), requiredBytes),
        Cancellation.NEVER);
  }

  /** The files that are not live any more as they were, by where they were. */
  private static Map<String, BackupEntry> replaced(Backup backup, List<Difference> differences)
      throws IOException {
    Map<String, BackupEntry> replaced = new HashMap<>();
    for (Difference each : differences) {
      if (each.before() instanceof EntryState.Regular) {
        backup
            .entry(each.target(), each.level(), each.path())
            .ifPresent(entry -> replaced.put(key(each), entry));
      }
    }
    return replaced;
  }

  /** The state before: unchanged entries at their live place, the others unpacked. */
  private static List<TargetView> old(
      GuardedState now,
      List<Difference> differences,
      Map<String, BackupEntry> replaced,
      Extraction extraction) {
    List<TargetView> old = new ArrayList<>();
    for (TargetView view : now.views()) {
      Map<EntryPath, Node> nodes = new TreeMap<>();
      view.nodes().forEach(node -> nodes.put(node.path(), node));
      for (Difference each : differences) {
        if (isOf(each, view.target())) {
          nodes.remove(each.path());
          Optional.ofNullable(replaced.get(key(each)))
              .flatMap(extraction::content)
              .map(place -> new Node(each.path(), place, Optional.empty(), Origin.USER))
              .ifPresent(node -> nodes.put(each.path(), node));
        }
      }
      old.add(new TargetView(view.target(), nodes.values()));
    }
    return old;
  }

  private static boolean isOf(Difference difference, Target target) {
    return difference.target().equals(target.name())
        && difference.level().equals(target.scope().level());
  }

  private static String key(Difference each) {
    return each.target() + "\0" + each.level() + "\0" + each.path().encoded();
  }
}
