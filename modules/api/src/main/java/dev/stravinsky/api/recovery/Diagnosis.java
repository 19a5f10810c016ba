package dev.stravinsky.api.recovery;

import dev.stravinsky.api.error.Problem;
import java.util.List;

/**
 * What {@code recovery emergency} found on this machine.
 *
 * @param problems what is wrong, the worst first; empty if all is well
 * @param done what was repaired, when asked to
 * @param manualSteps what a person can do with plain tools, with this machine's real paths
 */
public record Diagnosis(List<Problem> problems, List<String> done, List<Step> manualSteps) {
  public Diagnosis {
    problems = List.copyOf(problems);
    done = List.copyOf(done);
    manualSteps = List.copyOf(manualSteps);
  }

  /**
   * One manual step.
   *
   * @param purpose what it is for
   * @param commands what to type
   */
  public record Step(String purpose, List<String> commands) {
    public Step {
      commands = List.copyOf(commands);
    }
  }
}
