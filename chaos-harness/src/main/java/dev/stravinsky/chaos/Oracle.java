package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What must hold after a command, whatever went wrong. Each answer is a list of violations. */
final class Oracle {
  private final Snapshot before;
  private final Snapshot after;
  private final CleanRun clean;

  Oracle(CleanRun clean) {
    this.clean = clean;
    this.before = clean.before();
    this.after = clean.after();
  }

  /** Right after a kill: no file is torn or missing, though some may be old and some new. */
  List<String> afterKill(Sandbox sandbox) throws IOException {
    Snapshot now = Snapshot.of(sandbox);
    Set<String> paths = new TreeSet<>(now.entries().keySet());
    paths.addAll(before.entries().keySet());
    boolean mayBeAside = !clean.operation().exchanges();
    List<String> violations = new ArrayList<>();
    if (!mayBeAside) {
      violations.addAll(NamedScripts.missing(sandbox));
    }
    for (String path : paths) {
      String entry = now.at(path);
      boolean aside = mayBeAside && entry.equals(Snapshot.ABSENT);
      if (!aside && !entry.equals(before.at(path)) && !entry.equals(after.at(path))) {
        violations.add("torn: " + path + " is " + entry);
      }
    }
    return violations;
  }

  /** A command says that it did not do it: then nothing is done, at once. */
  List<String> notDone(Sandbox sandbox, Ending ending, Fault.Aftermath aftermath)
      throws IOException {
    Snapshot now = Snapshot.of(sandbox);
    boolean lastStepOnly = clean.operation() == Operation.PLUGIN_INSTALL && now.sameAs(after);
    if (now.sameAs(before) || lastStepOnly || isOneForeign(now, aftermath)) {
      return List.of(); // What is renamed, and then not forced, is there and may be lost.
    }
    return List.of("says it was not done (" + ending + "), but " + now.differencesFrom(before));
  }

  /** After the next command has finished or undone what was left: all old or all new. */
  List<String> atRest(Sandbox sandbox, Ending ending, Fault.Aftermath aftermath)
      throws IOException {
    Snapshot now = Snapshot.of(sandbox);
    List<String> violations = new ArrayList<>();
    boolean isOld = now.sameAs(before) && !clean.operation().isCrashRecovery();
    boolean isNew = now.sameAs(after) || isFallback(now, aftermath);
    if (!isOld && !isNew && !isOneForeign(now, aftermath)) {
      violations.add(
          "neither old nor new: old but for "
              + now.differencesFrom(before)
              + "; new but for "
              + now.differencesFrom(after));
    }
    if (ending.kind() == Ending.Kind.BROKE) {
      violations.add("no sentence for people: " + ending.detail());
    }
    // Whoever undoes gives the user's file back as it is now, whoever changed it.
    boolean theirs = aftermath == Fault.Aftermath.SOMEBODY_WROTE;
    boolean undone =
        (clean.operation().isCrashRecovery() || theirs) && isOneForeign(now, aftermath);
    if (ending.kind() == Ending.Kind.DONE && !isNew && !undone) {
      violations.add("says it was done, but the new state is not live: " + ending.detail());
    }
    now.leftovers().forEach(folder -> violations.add("left behind: " + folder));
    if (ending.kind() == Ending.Kind.DONE && aftermath.passes()) {
      violations.addAll(notAppended(sandbox));
    }
    violations.addAll(lost(sandbox, now, theirs));
    if (aftermath.passes() && clean.operation() == Operation.RETENTION) {
      violations.addAll(StoredBytes.damaged(sandbox));
    }
    if (aftermath.passes()) {
      violations.addAll(trail(sandbox, isNew ? clean.trailAfter() : clean.trailBefore(), isOld));
    }
    return violations;
  }

  /** The trail is whole, and says of a change that it was committed if and only if it is live. */
  private List<String> trail(Sandbox sandbox, TrailView expected, boolean orBefore)
      throws IOException {
    TrailView trail = TrailView.of(sandbox);
    List<String> violations = new ArrayList<>(trail.violations(sandbox, clean.trailAfter()));
    long known = commitsEver(trail);
    long truth = commitsEver(expected);
    if (known != truth && !(orBefore && known == clean.trailBefore().commits())) {
      violations.add("the trail claims " + known + " changes, " + truth + " are true");
    }
    return violations;
  }

  /** With those that it no longer keeps for their age. */
  private long commitsEver(TrailView trail) {
    return trail.commitsWith(clean.trailBefore());
  }

  private boolean isFallback(Snapshot now, Fault.Aftermath aftermath) {
    return aftermath == Fault.Aftermath.STAYS_DAMAGED
        && clean.fallbacks().stream().anyMatch(now::sameAs);
  }

  /** At most one file is not the one that it was, and what it stands in may be there for it. */
  private boolean isOneForeign(Snapshot now, Fault.Aftermath aftermath) {
    if (aftermath == Fault.Aftermath.SOMEBODY_WROTE) {
      return isOne(now.pathsDifferingFrom(before)) || isOne(now.pathsDifferingFrom(after));
    }
    if (aftermath != Fault.Aftermath.LOOKS_FOREIGN) {
      return false;
    }
    // What undoes moves the old files, damaged ones too, back to where they were.
    Snapshot expected = clean.operation().isCrashRecovery() ? after : before;
    return isOne(now.pathsDifferingFrom(expected));
  }

  /** A file, and the directories in which it stands. */
  private static boolean isOne(List<String> differing) {
    return !differing.isEmpty() && differing.stream().allMatch(differing.getLast()::startsWith);
  }

  /** Every old byte is live or in a backup that verifies. */
  private List<String> lost(Sandbox sandbox, Snapshot now, boolean somebodyWrote)
      throws IOException {
    // Half way through a transaction the release's own files are live too, and nobody's loss.
    boolean halfWay = clean.operation().isCrashRecovery();
    Set<String> missing = new HashSet<>(halfWay ? after.contents() : before.contents());
    missing.removeAll(now.contents());
    if (somebodyWrote) { // Over this one, before or after it was backed up.
      now.pathsDifferingFrom(before).forEach(path -> missing.remove(before.digestAt(path)));
    }
    if (!missing.isEmpty()) {
      missing.removeAll(StoredBytes.inVerifyingBackups(sandbox));
    }
    return missing.stream().map(digest -> "lost: content " + digest).toList();
  }

  /**
   * Where what the product needs to go on is damaged, it refuses and changes nothing more: a person
   * mends it first.
   */
  List<String> waits(Sandbox sandbox, Ending refusal) throws IOException {
    List<String> violations = new ArrayList<>(keepsBothSides(sandbox));
    Snapshot now = Snapshot.of(sandbox);
    if (!now.sameAs(before) && !now.sameAs(after)) {
      violations.add("refused (" + refusal + "), but " + now.differencesFrom(before));
    }
    if (refusal.kind() == Ending.Kind.BROKE) {
      violations.add("no sentence for people: " + refusal.detail());
    }
    return violations;
  }

  /** With a damaged journal nothing can be promised but this: both sides are on the disk. */
  List<String> keepsBothSides(Sandbox sandbox) throws IOException {
    Set<String> missing = new HashSet<>(before.contents());
    missing.removeAll(StoredBytes.inVerifyingBackups(sandbox));
    removeFound(sandbox.userHome(), missing);
    return missing.stream().map(digest -> "lost: content " + digest).toList();
  }

  /** Another program's bytes are live; or, where they may be replaced, in a backup or set aside. */
  List<String> kept(Sandbox sandbox, Set<String> brought, boolean live) throws IOException {
    Set<String> missing = new HashSet<>(brought);
    missing.removeAll(Snapshot.of(sandbox).contents());
    if (live && !missing.isEmpty()) {
      return List.of("what another program wrote unseen is not live any more");
    }
    if (!missing.isEmpty()) {
      missing.removeAll(StoredBytes.inVerifyingBackups(sandbox));
      removeFound(sandbox.userHome(), missing);
    }
    return missing.isEmpty() ? List.of() : List.of("lost: what another program wrote");
  }

  private static void removeFound(Path directory, Set<String> missing) throws IOException {
    try (DirectoryStream<Path> list = Files.newDirectoryStream(directory)) {
      for (Path entry : list) {
        if (Files.isSymbolicLink(entry)) {
          continue;
        }
        if (Files.isDirectory(entry)) {
          removeFound(entry, missing);
        } else {
          missing.remove(Digests.of(Files.readAllBytes(entry)));
        }
      }
    }
  }

  /** The command was typed again and nothing stood in its way. */
  List<String> afterRetry(Sandbox sandbox, Ending retry) throws IOException {
    List<String> violations = new ArrayList<>();
    if (retry.kind() != Ending.Kind.DONE) {
      violations.add("the same command does not succeed afterwards: " + retry);
    }
    Snapshot now = Snapshot.of(sandbox);
    if (!now.sameAs(after)) {
      violations.add("after the same command not new: " + now.differencesFrom(after));
    }
    now.leftovers().forEach(folder -> violations.add("left behind in the end: " + folder));
    if (!clean.operation().isCrashRecovery()) { // Which only ends what it finds.
      Snapshot.homeLeftovers(sandbox).forEach(left -> violations.add("left behind: " + left));
    }
    violations.addAll(trail(sandbox, clean.trailAfter(), false));
    violations.addAll(notBackedUp(sandbox));
    violations.addAll(notAppended(sandbox));
    return violations;
  }

  /**
   * Bytes went bad and stay so: what was said to be intact or backed up is, and of the backups that
   * verified one still does.
   *
   * @param verified whether any did before the command
   */
  List<String> trusted(Sandbox sandbox, Ending ending, boolean verified) throws IOException {
    List<String> violations = new ArrayList<>(StoredBytes.unreadable(sandbox));
    if (verified && StoredBytes.verifying(sandbox).isEmpty()) {
      violations.add("no backup verifies any more");
    }
    if (ending.kind() == Ending.Kind.DONE) {
      violations.addAll(overlooked(sandbox));
      violations.addAll(notBackedUp(sandbox));
    }
    return violations;
  }

  private List<String> overlooked(Sandbox sandbox) throws IOException {
    List<String> damaged =
        switch (clean.operation()) {
          case VERIFY -> StoredBytes.damaged(sandbox);
          case AUDIT_VERIFY -> TrailView.damage(sandbox);
          default -> List.of();
        };
    return damaged.stream().map(what -> "says that all is intact, but " + what).toList();
  }

  /** What says that an event was appended is believed only with the event. */
  private List<String> notAppended(Sandbox sandbox) throws IOException {
    boolean missing =
        clean.operation() == Operation.AUDIT_WRITE
            && !TrailView.of(sandbox).ids().contains(Commands.APPENDED);
    return missing ? List.of("the event that was appended is not in the trail") : List.of();
  }

  private List<String> notBackedUp(Sandbox sandbox) throws IOException {
    if (!clean.operation().backsUp()) {
      return List.of();
    }
    Set<String> missing = new HashSet<>(before.targetContents());
    missing.removeAll(StoredBytes.inVerifyingBackups(sandbox));
    return missing.stream().map(digest -> "not backed up: content " + digest).toList();
  }
}
