package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.check.CheckRunner;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.ScriptedValidator;
import java.nio.file.AccessDeniedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What no check can do to a {@link CheckRunner}, or to another check. */
public abstract class CheckIsolationContract extends CheckRuns {
  @Test
  void run_checkThrows_isReportedByNameAndTouchesNoOther() {
    Validator broken = broken(new IllegalStateException("it broke"));

    CheckReport report = run(List.of(broken, SOUND), List.of(), context(Phase.STAGED));

    assertFailed(report, Ending.FAILED, "it broke");
    assertThat(report.results().get(1).ending()).isEqualTo(Ending.COMPLETED);
  }

  @Test
  void run_checkOverflowsItsStack_isReportedByName() {
    Validator broken = broken(new StackOverflowError());

    assertFailed(
        run(List.of(broken), List.of(), context(Phase.STAGED)), Ending.FAILED, "StackOverflow");
  }

  @Test
  void run_checkReturnsNull_isReportedByName() {
    Validator broken = ScriptedValidator.of("broken", c -> null);

    assertFailed(run(List.of(broken), List.of(), context(Phase.STAGED)), Ending.FAILED, "");
  }

  @Test
  void run_checkHangs_isCutOffAndTold() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    Validator hanging =
        ScriptedValidator.of(
                "broken",
                c -> {
                  while (!c.cancellation().requested()) {
                    Thread.onSpinWait();
                  }
                  told.countDown();
                  return List.of();
                })
            .hurried();

    CheckReport report = run(List.of(hanging, SOUND), List.of(), context(Phase.STAGED));

    assertFailed(report, Ending.TIMED_OUT, "did not end");
    assertThat(report.results().get(1).ending()).isEqualTo(Ending.COMPLETED);
    told.await();
  }

  @Test
  void run_checkThatStillHangs_isNotCalledAgain() {
    AtomicInteger calls = new AtomicInteger();
    AtomicBoolean end = new AtomicBoolean();
    Validator deaf =
        ScriptedValidator.of(
                "broken",
                c -> {
                  calls.incrementAndGet();
                  while (!end.get()) {
                    Thread.onSpinWait();
                  }
                  return List.of();
                })
            .hurried();
    CheckRunner runner = runner(List.of(deaf), List.of());
    try {
      assertFailed(runner.run(request(context(Phase.STAGED))), Ending.TIMED_OUT, "");
      assertFailed(runner.run(request(context(Phase.POST_UPDATE))), Ending.FAILED, "still hangs");
      assertThat(calls).hasValue(1);
    } finally {
      end.set(true);
    }
  }

  @Test
  void run_userGivesUp_endsAll() {
    Validator waiting =
        ScriptedValidator.of(
            "broken",
            c -> {
              new CountDownLatch(1).await();
              return List.of();
            });
    CheckContext context =
        CheckContexts.in(sandbox).phase(Phase.STAGED).cancellation(() -> true).build();

    assertFailed(run(List.of(waiting), List.of(), context), Ending.TIMED_OUT, "");
  }

  @Test
  void run_couldNotCheck_onlyWarns() {
    Validator blind =
        ScriptedValidator.of(
            "blind",
            c -> {
              throw new CouldNotCheckException("no eyes");
            });

    CheckReport report = run(List.of(blind), List.of(), context(Phase.STAGED));

    assertThat(report.results().getFirst().ending()).isEqualTo(Ending.COULD_NOT_CHECK);
    assertThat(report.results().getFirst().findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.WARN && f.message().contains("no eyes"));
  }

  @Test
  void run_failureAccepted_onlyWarns() {
    Validator broken = broken(new IllegalStateException("x"));
    CheckReport report =
        runner(List.of(broken), List.of())
            .run(
                new CheckRequest(
                    context(Phase.STAGED), Optional.empty(), Set.of(), Set.of("broken"), true));

    assertThat(report.blocks()).isFalse();
    assertThat(report.results().getFirst().ending()).isEqualTo(Ending.FAILED);
  }

  @Test
  void run_pluginFailsOnTheLiveState_onlyWarns() {
    Validator plugin =
        ScriptedValidator.of(
            "plugin",
            c -> {
              throw new IllegalStateException("x");
            });

    assertThat(run(List.of(), List.of(plugin), context(Phase.STAGED)).blocks()).isTrue();
    assertThat(run(List.of(), List.of(plugin), context(Phase.POST_UPDATE)).blocks()).isFalse();
  }

  @Test
  void run_checksThatHang_areEachCutOffWhenTheirOwnTimeIsOver() {
    CountDownLatch told = new CountDownLatch(1);
    Validator patient =
        ScriptedValidator.of(
            "patient",
            c -> {
              told.await();
              return List.of();
            });
    Validator hanging =
        ScriptedValidator.of(
                "hanging",
                c -> {
                  while (!c.cancellation().requested()) {
                    Thread.onSpinWait();
                  }
                  told.countDown();
                  return List.of();
                })
            .hurried();

    CheckReport report = run(List.of(patient, hanging), List.of(), context(Phase.STAGED));

    assertThat(report.results())
        .extracting(Result::ending)
        .containsExactly(Ending.COMPLETED, Ending.TIMED_OUT);
  }

  @Test
  void run_memoryIsUsedUp_isReportedByName() {
    assertFailed(run(broken(new OutOfMemoryError("heap"))), Ending.FAILED, "OutOfMemory");
  }

  @Test
  void run_exceptionThatThrowsItself_isReportedByName() {
    RuntimeException hostile =
        new RuntimeException() {
          private static final long serialVersionUID = 1L;

          @Override
          public String getMessage() {
            throw new IllegalStateException("ha");
          }
        };

    assertFailed(run(broken(hostile)), Ending.FAILED, "the check itself failed");
  }

  @Test
  void run_checkThatCannotSayWhatItIs_failsAloneByItsClass() {
    for (int lacking = 0; lacking < 3; lacking++) {
      Validator nameless = new Incomplete(lacking);

      CheckReport report = run(List.of(nameless, SOUND), List.of(), context(Phase.STAGED));

      assertThat(report.results()).hasSize(2);
      assertThat(report.results().getFirst().checkId()).contains("Incomplete");
      assertThat(report.results().getFirst().ending()).isEqualTo(Ending.FAILED);
      assertThat(report.results().getLast().ending()).isEqualTo(Ending.COMPLETED);
    }
  }

  @Test
  void run_callerIsInterrupted_endsAllAndStaysInterrupted() {
    List<Validator> waiting = new ArrayList<>();
    for (String id : List.of("one", "two")) {
      waiting.add(
          ScriptedValidator.of(
              id,
              c -> {
                new CountDownLatch(1).await();
                return List.of();
              }));
    }
    Thread.currentThread().interrupt();

    CheckReport report = run(waiting, List.of(), context(Phase.STAGED));

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.results()).hasSize(2).allMatch(r -> r.ending() == Ending.TIMED_OUT);
  }

  @Test
  void run_checkCannotReadAFile_failsWithThatErrorsKind() {
    Validator denied =
        ScriptedValidator.of(
            "denied",
            c -> {
              throw new AccessDeniedException("/etc/shadow");
            });

    assertThat(run(List.of(denied), List.of(), context(Phase.STAGED)).blocking())
        .singleElement()
        .matches(f -> f.kind() == ErrorKind.PERMISSION_DENIED);
  }

  private CheckReport run(Validator check) {
    return run(List.of(check, SOUND), List.of(), context(Phase.STAGED));
  }

  private static Validator broken(Throwable thrown) {
    return ScriptedValidator.of(
        "broken",
        c -> {
          if (thrown instanceof Error error) {
            throw error;
          }
          throw (Exception) thrown;
        });
  }

  /** A validator of which one part throws or is missing. */
  private record Incomplete(int lacking) implements Validator {
    @Override
    public String id() {
      if (lacking == 0) {
        throw new IllegalStateException("no name");
      }
      return "incomplete";
    }

    @Override
    public Set<Phase> phases() {
      return lacking == 1 ? null : Set.of(Phase.STAGED);
    }

    @Override
    public Duration timeLimit() {
      return lacking == 2 ? null : DEFAULT_TIME_LIMIT;
    }

    @Override
    public List<Finding> check(CheckContext context) {
      return List.of();
    }
  }
}
