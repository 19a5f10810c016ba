package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.Difference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Compares backups with each other and with files. */
final class Comparison {
  private Comparison() {}

  /** What is compared of an entry: itself, or the file it leads to out of the targets. */
  private record Side(BackupEntry entry, EntryState state, EntryState linked) {}

  static List<Difference> of(Backup before, Backup after) throws IOException {
    return differences(sides(before, entry -> true), sides(after, entry -> true));
  }

  /**
   * Compares with files, of those targets that the backup has of the same place, and of targets
   * that it has not, where it is a backup of their scope.
   */
  static List<Difference> of(Backup before, List<TargetView> after) throws IOException {
    Set<Scope> scopes = new HashSet<>();
    Map<String, BackupManifest.Root> roots = new HashMap<>();
    for (BackupManifest.Root root : before.manifest().roots()) {
      scopes.add(root.scope());
      roots.put(key(root.target(), root.scope().level()), root);
    }
    List<TargetView> comparable = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (TargetView view : after) {
      String key = key(view.target().name(), view.target().scope().level());
      BackupManifest.Root root = roots.get(key);
      boolean same = root != null && root.path().equals(view.target().root());
      if (same || root == null && scopes.contains(view.target().scope())) {
        comparable.add(view);
        keys.add(key);
      }
    }
    TreeMap<String, Side> live = new TreeMap<>();
    for (TargetView view : comparable) {
      for (TargetView.Node node : view.nodes()) {
        Side side = live(view, node);
        live.put(sortKey(side.entry()), side);
      }
    }
    return differences(sides(before, e -> keys.contains(key(e.target(), e.level()))), live);
  }

  private static Side live(TargetView view, TargetView.Node node) throws IOException {
    String level = view.target().scope().level();
    EntryState state = EntryStates.of(node.location());
    EntryState linked =
        state instanceof EntryState.Link && node.linkEnd().isPresent()
            ? EntryStates.regular(node.content())
            : EntryState.ABSENT;
    BackupEntry entry =
        new BackupEntry(
            view.target().name(),
            level,
            node.path(),
            state,
            java.time.Instant.EPOCH,
            node.origin(),
            java.util.Optional.empty());
    return new Side(entry, state, linked);
  }

  private static TreeMap<String, Side> sides(Backup backup, Predicate<BackupEntry> wanted)
      throws IOException {
    TreeMap<String, Side> sides = new TreeMap<>();
    try (Stream<BackupEntry> entries = backup.entries()) {
      entries
          .filter(wanted)
          .forEach(
              e -> {
                EntryState linked =
                    e.linked().map(EntryState.class::cast).orElse(EntryState.ABSENT);
                sides.put(sortKey(e), new Side(e, e.state(), linked));
              });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return sides;
  }

  private static List<Difference> differences(
      TreeMap<String, Side> before, TreeMap<String, Side> after) {
    List<Difference> differences = new ArrayList<>();
    Set<String> keys = new java.util.TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    for (String key : keys) {
      Side left = before.get(key);
      Side right = after.get(key);
      BackupEntry entry = (left == null ? right : left).entry();
      EntryState from = left == null ? EntryState.ABSENT : left.state();
      EntryState to = right == null ? EntryState.ABSENT : right.state();
      if (left != null && right != null && from.equals(to)) {
        boolean bothLead =
            left.linked() instanceof EntryState.Regular
                && right.linked() instanceof EntryState.Regular;
        from = bothLead ? left.linked() : from;
        to = bothLead ? right.linked() : to;
      }
      if (!from.equals(to)) {
        differences.add(new Difference(entry.target(), entry.level(), entry.path(), from, to));
      }
    }
    return differences;
  }

  private static String sortKey(BackupEntry entry) {
    return key(entry.target(), entry.level()) + "\0" + entry.path().encoded();
  }

  private static String key(String target, String level) {
    return target + "\0" + level;
  }
}
