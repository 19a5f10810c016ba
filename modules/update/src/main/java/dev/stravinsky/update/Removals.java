package dev.stravinsky.update;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.Difference;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What no check of a state can see, since nothing is there: a program that removes much is hardly
 * meant to, whatever it says of itself. Half of all files, at least two; or a file that is a target
 * by itself, such as the settings.
 */
final class Removals {
  /** To be accepted by, like a check. */
  static final String ID = "removed-files";

  private static final int FEW = 2;

  private Removals() {}

  static List<Finding> of(Backup before, List<Difference> differences, List<Target> targets)
      throws IOException {
    List<Difference> removed =
        differences.stream()
            .filter(Difference::removed)
            .filter(each -> !(each.before() instanceof EntryState.Directory))
            .toList();
    List<Finding> findings = new ArrayList<>();
    for (Difference each : removed) {
      targets.stream()
          .filter(target -> !target.isTree() && isOf(each, target))
          .forEach(
              target ->
                  findings.add(
                      finding("was removed").inFile(each.path().resolveIn(target.root()))));
    }
    long files;
    try (Stream<BackupEntry> entries = before.entries()) {
      files = entries.filter(e -> !(e.state() instanceof EntryState.Directory)).count();
    }
    if (removed.size() >= FEW && removed.size() * 2L >= files) {
      findings.add(finding(removed.size() + " of the " + files + " files were removed"));
    }
    return findings;
  }

  private static boolean isOf(Difference difference, Target target) {
    return difference.target().equals(target.name())
        && difference.level().equals(target.scope().level());
  }

  private static Finding finding(String message) {
    return Finding.of(ID, Severity.BLOCK, ErrorKind.UNKNOWN, message);
  }
}
