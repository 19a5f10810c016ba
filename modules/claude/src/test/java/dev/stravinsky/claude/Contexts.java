package dev.stravinsky.claude;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Targets;
import dev.stravinsky.api.Version;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.DefaultSettings;
import dev.stravinsky.testkit.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contexts over what a sandbox holds now. */
final class Contexts {
  private Contexts() {}

  static CheckContext live(Sandbox sandbox, Scope scope) throws Exception {
    var environment = sandbox.environment();
    var targets = new ClaudeTargets().targets(scope, environment, DefaultSettings.get());
    return new CheckContext(
        Phase.PRE_UPDATE,
        scope,
        Targets.live(targets),
        Map.of(),
        List.of(),
        Version.UNTRACKED,
        Optional.empty(),
        List.of(),
        0,
        DefaultSettings.get(),
        environment.home().directory(),
        environment.userHome(),
        environment.workingDirectory(),
        environment.variables(),
        environment.clock(),
        Cancellation.NEVER);
  }

  /** What a validator finds in the user's files. */
  static List<Finding> findings(Sandbox sandbox, Validator validator) throws Exception {
    return validator.check(live(sandbox, Scope.USER));
  }

  static List<Finding> blocking(List<Finding> findings) {
    return findings.stream().filter(f -> f.severity() == Severity.BLOCK).toList();
  }
}
