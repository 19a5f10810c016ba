package dev.stravinsky.validator;

import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The rule that nobody must repair an old fault to get an update: what the state before the change
 * has likewise, in a file that the change does not touch, only warns.
 *
 * <p>A missing dependency is old even if the settings that name it are touched: the change brought
 * neither the name nor the lack. Lines are no part of "likewise", since they move.
 */
final class OldFaults {
  private static final String SUFFIX = " (as before this change)";

  /** Old faults seen in staging: the live result has them again. */
  private final Set<Fault> known = new HashSet<>();

  private record Fault(String checkId, ErrorKind kind, Optional<Path> file, String message) {
    static Fault of(Finding f) {
      return new Fault(f.checkId(), f.kind(), f.file(), f.message());
    }
  }

  /** Another state is going to be staged: what was said of the one before counts no more. */
  void forget() {
    known.clear();
  }

  /** Whether it is worth asking what the check finds in the state before. */
  static boolean mayBeOld(Check check, List<Finding> findings) {
    return check.kind() != Check.Kind.MACHINE && findings.stream().anyMatch(OldFaults::candidate);
  }

  /** The outcome's findings, old faults as warnings. */
  List<Finding> soften(Check check, CheckThread.Outcome outcome, CheckRequest request) {
    if (!mayBeOld(check, outcome.findings())) {
      return outcome.findings();
    }
    Set<Path> changed =
        request.context().changed().stream().map(TargetPath::live).collect(Collectors.toSet());
    // Each old fault excuses one new finding only: a second one like it is worse than before.
    Map<Fault, Integer> before = new HashMap<>();
    outcome.before().forEach(f -> before.merge(Fault.of(f), 1, Integer::sum));
    List<Finding> result = new ArrayList<>();
    for (Finding finding : outcome.findings()) {
      Fault fault = Fault.of(finding);
      boolean old =
          candidate(finding)
              && (wasThere(finding, fault, before, changed, request.phase())
                  || request.phase() == Phase.POST_UPDATE && known.contains(fault));
      if (old) {
        known.add(fault);
      }
      result.add(old ? asWarning(finding) : finding);
    }
    return result;
  }

  private static boolean wasThere(
      Finding finding, Fault fault, Map<Fault, Integer> before, Set<Path> changed, Phase phase) {
    boolean touched = changed.contains(finding.file().orElseThrow());
    // After the swap "before" is what was staged: there only the files' being untouched counts.
    boolean onlyNamed =
        finding.kind() == ErrorKind.DEPENDENCY_MISSING && phase != Phase.POST_UPDATE;
    return (!touched || onlyNamed) && takeOne(fault, before);
  }

  private static boolean takeOne(Fault fault, Map<Fault, Integer> before) {
    int left = before.getOrDefault(fault, 0);
    before.put(fault, left - 1);
    return left > 0;
  }

  private static boolean candidate(Finding finding) {
    return finding.severity() == Severity.BLOCK && finding.file().isPresent();
  }

  private static Finding asWarning(Finding f) {
    return new Finding(
        f.checkId(), Severity.WARN, f.kind(), f.file(), f.line(), f.message() + SUFFIX, f.hint());
  }
}
