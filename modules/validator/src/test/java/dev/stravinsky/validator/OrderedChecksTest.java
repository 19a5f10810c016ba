package dev.stravinsky.validator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.check.CheckRunner;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.ScriptedValidator;
import dev.stravinsky.testkit.contract.CheckFindingsContract;
import dev.stravinsky.testkit.contract.CheckIsolationContract;
import dev.stravinsky.testkit.contract.CheckRunnerContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OrderedChecksTest {

  @Nested
  class OrderTest extends CheckRunnerContract {
    @Override
    protected Sandbox open(Path emptyDir) throws IOException {
      return Sandbox.inMemory();
    }

    @Override
    protected CheckRunner runner(List<Validator> content, List<Validator> external) {
      return of(content, external);
    }
  }

  @Nested
  class FindingsTest extends CheckFindingsContract {
    @Override
    protected Sandbox open(Path emptyDir) throws IOException {
      return Sandbox.inMemory();
    }

    @Override
    protected CheckRunner runner(List<Validator> content, List<Validator> external) {
      return of(content, external);
    }
  }

  @Nested
  class IsolationTest extends CheckIsolationContract {
    @Override
    protected Sandbox open(Path emptyDir) throws IOException {
      return Sandbox.inMemory();
    }

    @Override
    protected CheckRunner runner(List<Validator> content, List<Validator> external) {
      return of(content, external);
    }
  }

  @Test
  void comparison_afterTheSwap_beginsWhenOthersChecksHaveEnded() throws Exception {
    Queue<String> order = new ConcurrentLinkedQueue<>();
    Check comparing =
        Check.machine(ScriptedValidator.of("comparing", c -> note(order, "compared")));
    Validator plugin =
        ScriptedValidator.of(
            "plugin/slow",
            c -> {
              Thread.sleep(100);
              return note(order, "wrote");
            });
    try (Sandbox sandbox = Sandbox.inMemory()) {
      CheckRunner runner =
          new OrderedChecks(
              new CheckCatalog(() -> List.of(comparing), new Plugins(List.of(plugin))));
      CheckReport report = runner.run(asking(sandbox, Phase.POST_UPDATE));

      assertThat(order).containsExactly("wrote", "compared");
      assertThat(report.results())
          .extracting(CheckReport.Result::checkId)
          .containsExactly("comparing", "plugin/slow");
    }
  }

  @Test
  void checksHere_ofTwoPhases_doNotWaitForThoseElsewhere() throws Exception {
    CountDownLatch staged = new CountDownLatch(1);
    Check here =
        Check.machine(
            ScriptedValidator.of(
                "here",
                c -> {
                  if (c.phase() == Phase.STAGED) {
                    staged.countDown();
                  }
                  return List.of();
                }));
    ExternalValidators starting =
        new Plugins(List.of(ScriptedValidator.of("plugin/late", c -> List.of()))) {
          @Override
          public List<Validator> validators(Phase phase, boolean plugins) {
            try {
              boolean reached = staged.await(10, TimeUnit.SECONDS);
              return reached ? super.validators(phase, plugins) : List.of();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        };
    try (Sandbox sandbox = Sandbox.inMemory()) {
      CheckRunner runner = new OrderedChecks(new CheckCatalog(() -> List.of(here), starting));
      List<CheckReport> reports =
          runner.run(List.of(asking(sandbox, Phase.PRE_UPDATE), asking(sandbox, Phase.STAGED)));

      assertThat(reports)
          .extracting(CheckReport::phase)
          .containsExactly(Phase.PRE_UPDATE, Phase.STAGED);
      for (CheckReport report : reports) {
        assertThat(report.results())
            .extracting(CheckReport.Result::checkId)
            .containsExactly("here", "plugin/late");
      }
    }
  }

  @Test
  void run_whileOthersLook_somethingElseIsDone() throws IOException {
    CountDownLatch done = new CountDownLatch(1);
    Validator waits =
        ScriptedValidator.of(
            "plugin/waits",
            c -> {
              if (!done.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing was done meanwhile");
              }
              return List.of();
            });
    try (Sandbox sandbox = Sandbox.inMemory()) {
      List<CheckReport> reports =
          of(List.of(), List.of(waits))
              .run(List.of(asking(sandbox, Phase.STAGED)), done::countDown);

      assertThat(reports.getFirst().blocking()).isEmpty();
    }
  }

  @Test
  void run_nobodyIsAwaitedOrOneOfOursBlocks_nothingElseIsDone() throws IOException {
    Validator other = ScriptedValidator.of("plugin/other", c -> List.of());
    Finding broken = Finding.of("blocks", Severity.BLOCK, ErrorKind.UNKNOWN, "it is broken");
    Validator blocks = ScriptedValidator.of("blocks", c -> List.of(broken));
    Runnable never =
        () -> {
          throw new AssertionError("done although nobody is waited for");
        };
    try (Sandbox sandbox = Sandbox.inMemory()) {
      List<CheckRequest> requests = List.of(asking(sandbox, Phase.STAGED));
      of(List.of(), List.of()).run(requests, never);
      List<CheckReport> reports = of(List.of(blocks), List.of(other)).run(requests, never);

      assertThat(reports.getFirst().blocking()).hasSize(1);
    }
  }

  private static CheckRequest asking(Sandbox sandbox, Phase phase) throws IOException {
    return new CheckRequest(
        CheckContexts.in(sandbox).phase(phase).build(), Optional.empty(), Set.of(), Set.of(), true);
  }

  private static List<Finding> note(Queue<String> order, String what) {
    order.add(what);
    return List.of();
  }

  @Test
  void run_onlyChecksOfThisProcess_asksForNoOthers() throws IOException {
    Validator sound = ScriptedValidator.of("sound", c -> List.of());
    ExternalValidators slow =
        new Plugins(List.of()) {
          @Override
          public List<Validator> validators(Phase phase, boolean plugins) {
            throw new AssertionError("the plugin host is started");
          }
        };
    try (Sandbox sandbox = Sandbox.inMemory()) {
      CheckRequest request =
          new CheckRequest(
              CheckContexts.in(sandbox).phase(Phase.STAGED).build(),
              Optional.empty(),
              Set.of("sound"),
              Set.of(),
              true);
      CheckRunner runner =
          new OrderedChecks(new CheckCatalog(() -> List.of(Check.content(sound)), slow));

      assertThat(runner.run(request).results()).hasSize(1);
    }
  }

  private static CheckRunner of(List<Validator> content, List<Validator> external) {
    List<Check> checks = content.stream().map(Check::content).toList();
    return new OrderedChecks(new CheckCatalog(() -> checks, new Plugins(external)));
  }

  private static class Plugins implements ExternalValidators {
    private final List<Validator> all;

    Plugins(List<Validator> all) {
      this.all = all;
    }

    @Override
    public void warmUp() {}

    @Override
    public void noMoreChecks() {}

    @Override
    public boolean any(boolean plugins) {
      return !all.isEmpty();
    }

    @Override
    public List<Validator> validators(Phase phase, boolean plugins) {
      return all.stream().filter(v -> v.phases().contains(phase)).toList();
    }
  }
}
