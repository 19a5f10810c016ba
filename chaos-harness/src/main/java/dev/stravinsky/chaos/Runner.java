package dev.stravinsky.chaos;

import dev.stravinsky.api.Scope;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Runs scenarios: each place on a copy of the prepared world, several at a time. */
final class Runner implements AutoCloseable {
  private final long seed;
  private final Map<Operation, Sandbox> prepared = new EnumMap<>(Operation.class);
  private final Map<Operation, CleanRun> clean = new EnumMap<>(Operation.class);

  Runner(long seed) {
    this.seed = seed;
  }

  Outcome run(Scenario scenario) throws IOException {
    Operation operation = scenario.operation();
    if (!prepared.containsKey(operation)) {
      Sandbox sandbox = Sandbox.inMemory();
      operation.prepare(sandbox);
      sandbox.restart();
      prepared.put(operation, sandbox);
      clean.put(operation, CleanRun.of(operation, sandbox));
    }
    List<Strike> strikes =
        OperationFaults.thinned(
            scenario
                .fault()
                .places()
                .in(prepared.get(operation), clean.get(operation), new Random(seed)),
            scenario.most());
    List<Result> results =
        IntStream.range(0, strikes.size())
            .parallel()
            .mapToObj(i -> strikeOnce(scenario, strikes.get(i)))
            .toList();
    int injected = (int) results.stream().filter(Result::fired).count();
    List<String> violations = new ArrayList<>();
    results.forEach(r -> violations.addAll(r.violations()));
    return new Outcome(scenario, strikes.size(), injected, violations);
  }

  /** What one strike led to. */
  private record Result(boolean fired, List<String> violations) {}

  private Result strikeOnce(Scenario scenario, Strike strike) {
    Operation operation = scenario.operation();
    List<String> violations = new ArrayList<>();
    boolean fired = false;
    try (Sandbox sandbox = copy(operation)) {
      strike.arm(sandbox);
      Ending ending = operation.run(sandbox.services());
      fired = strike.fired(sandbox);
      violations.addAll(examine(scenario, strike, sandbox, ending));
    } catch (IOException | RuntimeException e) {
      violations.add("the harness itself failed: " + e);
    }
    String place = scenario.name() + " at " + strike.position() + ": ";
    return new Result(fired, violations.stream().map(v -> place + v).toList());
  }

  private Sandbox copy(Operation operation) throws IOException {
    Sandbox original = prepared.get(operation);
    synchronized (original) {
      return original.copy();
    }
  }

  private List<String> examine(Scenario scenario, Strike strike, Sandbox sandbox, Ending ending)
      throws IOException {
    Oracle oracle = new Oracle(clean.get(scenario.operation()));
    Fault.Aftermath aftermath = scenario.fault().aftermath();
    List<String> violations = new ArrayList<>();
    strike.disarm(sandbox);
    if (sandbox.faults().isDead()) {
      sandbox.restartAfterKill();
      violations.addAll(oracle.afterKill(sandbox));
    } else {
      sandbox.restart();
      if (ending.kind() == Ending.Kind.NOT_DONE || ending.kind() == Ending.Kind.LOCKED) {
        violations.addAll(oracle.notDone(sandbox, ending, aftermath));
      }
    }
    Ending recovery = recover(sandbox);
    if (aftermath == Fault.Aftermath.NEEDS_A_PERSON && recovery.kind() != Ending.Kind.DONE) {
      violations.addAll(oracle.keepsBothSides(sandbox));
      return violations;
    }
    if (aftermath == Fault.Aftermath.HEALS && recovery.kind() != Ending.Kind.DONE) {
      violations.add("what was interrupted is not finished by the next command: " + recovery);
    }
    violations.addAll(oracle.atRest(sandbox, ending, aftermath));
    if (aftermath == Fault.Aftermath.HEALS) {
      Ending retry = scenario.operation().run(sandbox.services());
      sandbox.restart();
      violations.addAll(oracle.afterRetry(sandbox, retry));
    }
    return violations;
  }

  /** What every command does first. */
  private static Ending recover(Sandbox sandbox) throws IOException {
    Ending recovery =
        Ending.of(
            () -> {
              sandbox.services().updater().resume(Scope.USER);
              return new Ending(Ending.Kind.DONE, "recovered");
            });
    sandbox.restart();
    return recovery;
  }

  @Override
  public void close() throws IOException {
    for (Sandbox sandbox : prepared.values()) {
      sandbox.close();
    }
  }
}
