package dev.stravinsky.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs the scenarios outside of a build: {@code Main [--seed N] [--most N] [--verbose] [WORDS...]},
 * where words choose the scenarios whose names have them; or {@code Main --sweep [--all]
 * [WORDS...]}, which tries every crash point and every error of the commands of such names. Ends
 * with status 1 if anything did not hold, or if a planned fault did not take place.
 */
public final class Main {
  private static final int SHOWN = 5;

  private Main() {}

  public static void main(String[] arguments) throws IOException {
    System.exit(run(List.of(arguments), System.out) ? 0 : 1);
  }

  /** Whether all held. */
  static boolean run(List<String> arguments, PrintStream out) throws IOException {
    List<String> words = new ArrayList<>(arguments);
    if (words.remove("--sweep")) {
      Sweep.Depth depth = words.remove("--all") ? Sweep.Depth.ALL : Sweep.Depth.BUILD;
      return sweep(words, depth, out);
    }
    long seed = option(words, "--seed").map(Long::parseLong).orElse(System.nanoTime());
    int most = option(words, "--most").map(Integer::parseInt).orElse(Integer.MAX_VALUE);
    int shown = words.remove("--verbose") ? Integer.MAX_VALUE : SHOWN;
    List<Scenario> chosen =
        Scenarios.all().stream()
            .filter(s -> words.stream().allMatch(s.name()::contains))
            .map(s -> s.thinnedTo(most))
            .toList();
    return run(chosen, seed, shown, out);
  }

  private static boolean sweep(List<String> words, Sweep.Depth depth, PrintStream out)
      throws IOException {
    boolean passed = true;
    for (Operation operation : Operation.values()) {
      if (words.stream().allMatch(operation.title()::contains)) {
        SweepReport report = new Sweep(operation, depth).run();
        out.println(report.line());
        report.violations().forEach(v -> out.println("    " + v));
        passed &= report.passed();
      }
    }
    return passed;
  }

  static boolean run(List<Scenario> scenarios, long seed, int shown, PrintStream out)
      throws IOException {
    out.println("chaos: seed " + seed);
    int planned = 0;
    int injected = 0;
    int violations = 0;
    boolean passed = !scenarios.isEmpty();
    try (Runner runner = new Runner(seed)) {
      for (Scenario scenario : scenarios) {
        Outcome outcome = runner.run(scenario);
        out.println("  " + outcome.line());
        outcome.violations().stream().limit(shown).forEach(v -> out.println("    " + v));
        planned += outcome.planned();
        injected += outcome.injected();
        violations += outcome.violations().size();
        passed &= outcome.passed();
      }
    }
    out.println(
        "chaos points: " + injected + " of " + planned + " injected, violations: " + violations);
    return passed;
  }

  private static Optional<String> option(List<String> words, String name) {
    int at = words.indexOf(name);
    if (at < 0 || at + 1 >= words.size()) {
      return Optional.empty();
    }
    words.remove(at);
    return Optional.of(words.remove(at));
  }
}
