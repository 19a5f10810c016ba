package dev.stravinsky.testkit;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A check that does what a test says. */
public record ScriptedValidator(String id, Set<Phase> phases, Duration timeLimit, Script script)
    implements Validator {

  /** What the check does. */
  @FunctionalInterface
  public interface Script {
    List<Finding> check(CheckContext context) throws Exception;
  }

  /** A check that runs in all phases, with a time limit that no test reaches. */
  public static ScriptedValidator of(String id, Script script) {
    return new ScriptedValidator(id, Set.of(Phase.values()), Duration.ofMinutes(5), script);
  }

  /** The same check with a time limit that is over at once. */
  public ScriptedValidator hurried() {
    return new ScriptedValidator(id, phases, Duration.ofMillis(50), script);
  }

  /** The same check in one phase only. */
  public ScriptedValidator only(Phase phase) {
    return new ScriptedValidator(id, Set.of(phase), timeLimit, script);
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    return script.check(context);
  }
}
