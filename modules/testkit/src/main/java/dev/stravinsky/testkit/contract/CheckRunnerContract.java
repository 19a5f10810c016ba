package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.check.CheckRunner;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CheckContext.Place;
import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.ScriptedValidator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link CheckRunner} must do. */
public abstract class CheckRunnerContract extends SandboxTest {
  private static final ScriptedValidator SOUND = ScriptedValidator.of("sound", c -> List.of());

  /**
   * A runner of these checks.
   *
   * @param content checks of files in this process, as a {@code ValidatorProvider} brings them
   * @param external checks as they come from plugins
   */
  protected abstract CheckRunner runner(List<Validator> content, List<Validator> external);

  @Test
  void run_manyChecks_reportsThemInTheirOrder() {
    CountDownLatch lastIsDone = new CountDownLatch(1);
    Validator slow =
        ScriptedValidator.of(
            "slow",
            c -> {
              lastIsDone.await();
              return List.of();
            });
    Validator last =
        ScriptedValidator.of(
            "last",
            c -> {
              lastIsDone.countDown();
              return List.of();
            });

    CheckReport report = run(List.of(slow, SOUND), List.of(last), context(Phase.STAGED));

    assertThat(report.results())
        .extracting(Result::checkId)
        .containsExactly("slow", "sound", "last");
    assertThat(report.results()).allMatch(r -> r.ending() == Ending.COMPLETED);
    assertThat(report.blocks()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void run_checkOfAnotherPhase_isNotRun(Phase phase) {
    for (Phase other : Phase.values()) {
      CheckReport report = run(List.of(SOUND.only(other)), List.of(), context(phase));

      assertThat(report.results()).hasSize(other == phase ? 1 : 0);
      assertThat(report.phase()).isEqualTo(phase);
    }
  }

  @Test
  void run_onlySome_runsThose() {
    CheckContext context = context(Phase.STAGED);
    Validator other = ScriptedValidator.of("other", c -> List.of());

    CheckReport report =
        runner(List.of(SOUND, other), List.of())
            .run(new CheckRequest(context, Optional.empty(), Set.of("other"), Set.of(), true));

    assertThat(report.results()).extracting(Result::checkId).containsExactly("other");
  }

  @Test
  void checkIds_always_nameAllInOrder() {
    Validator plugin = ScriptedValidator.of("plugin", c -> List.of());

    assertThat(runner(List.of(SOUND), List.of(plugin)).checkIds(true))
        .containsExactly("sound", "plugin");
  }

  @Test
  void run_checkThrows_isReportedByNameAndTouchesNoOther() {
    Validator broken =
        ScriptedValidator.of(
            "broken",
            c -> {
              throw new IllegalStateException("it broke");
            });

    CheckReport report = run(List.of(broken, SOUND), List.of(), context(Phase.STAGED));

    assertFailed(report, Ending.FAILED, "it broke");
    assertThat(report.results().get(1).ending()).isEqualTo(Ending.COMPLETED);
  }

  @Test
  void run_checkOverflowsItsStack_isReportedByName() {
    Validator broken =
        ScriptedValidator.of(
            "broken",
            c -> {
              throw new StackOverflowError();
            });

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
    Validator broken =
        ScriptedValidator.of(
            "broken",
            c -> {
              throw new IllegalStateException("x");
            });
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
  void run_findingInAnotherName_isSignedWithTheChecks() {
    Validator liar =
        ScriptedValidator.of(
            "liar", c -> List.of(Finding.of("other", Severity.BLOCK, ErrorKind.UNKNOWN, "x")));

    assertThat(run(List.of(liar), List.of(), context(Phase.STAGED)).blocking())
        .singleElement()
        .matches(f -> f.checkId().equals("liar"));
  }

  @Test
  void run_oldFaultInUntouchedFile_onlyWarns() {
    assertThat(run(faulty("old"), before("old"), List.of()).blocks()).isFalse();
  }

  @Test
  void run_newFault_blocks() {
    assertThat(run(faulty("new"), before("other"), List.of()).blocks()).isTrue();
  }

  @Test
  void run_oldFaultInChangedFile_blocks() {
    assertThat(run(faulty("old"), before("old"), List.of(place())).blocks()).isTrue();
  }

  @Test
  void run_oneMoreOfAnOldFault_blocksOnce() {
    assertThat(run(faulty("old", "old"), before("old"), List.of()).blocking()).hasSize(1);
  }

  @Test
  void run_faultOfNoFile_blocksAlsoIfOld() {
    Validator friday =
        ScriptedValidator.of(
            "friday",
            c -> List.of(Finding.of("friday", Severity.BLOCK, ErrorKind.UNKNOWN, "not today")));
    CheckContext context = context(Phase.STAGED);

    assertThat(
            runner(List.of(friday), List.of())
                .run(new CheckRequest(context, Optional.of(context), Set.of(), Set.of(), true))
                .blocks())
        .isTrue();
  }

  @Test
  void run_oldMissingDependencyInChangedSettings_onlyWarnsThenAndLive() {
    Finding finding =
        Finding.of("deps", Severity.BLOCK, ErrorKind.DEPENDENCY_MISSING, "x").inFile(file());
    CheckRunner runner =
        runner(List.of(ScriptedValidator.of("deps", c -> List.of(finding))), List.of());
    CheckContext changed =
        CheckContexts.in(sandbox).phase(Phase.STAGED).changed(List.of(place())).build();
    CheckContext live =
        CheckContexts.in(sandbox).phase(Phase.POST_UPDATE).changed(List.of(place())).build();

    assertThat(runner.run(request(live)).blocks()).as("not seen in staging").isTrue();
    assertThat(
            runner
                .run(
                    new CheckRequest(
                        changed, Optional.of(context(Phase.STAGED)), Set.of(), Set.of(), true))
                .blocks())
        .isFalse();
    assertThat(runner.run(request(live)).blocks()).as("seen in staging").isFalse();
  }

  @Test
  void run_contentBeforeAnInstallation_isLeftToStaging() {
    CheckContext installing =
        CheckContexts.in(sandbox).phase(Phase.PRE_UPDATE).installing("v2").build();

    assertThat(run(List.of(SOUND), List.of(), installing).results()).isEmpty();
    assertThat(run(List.of(SOUND), List.of(), context(Phase.PRE_UPDATE)).results()).hasSize(1);
  }

  /** Finds these faults after the change; what it finds before is said by {@link #before}. */
  private ScriptedValidator faulty(String... messages) {
    return ScriptedValidator.of(
        "faulty",
        c ->
            (c.requiredCommands().isEmpty() ? List.of(messages) : c.requiredCommands())
                .stream()
                    .map(m -> Finding.of("faulty", Severity.BLOCK, ErrorKind.PARSE_ERROR, m))
                    .map(f -> f.inFile(file()))
                    .toList());
  }

  private CheckContext before(String... messages) {
    return CheckContexts.in(sandbox)
        .phase(Phase.STAGED)
        .requiredCommands(List.of(messages))
        .build();
  }

  private CheckReport run(Validator check, CheckContext before, List<Place> changed) {
    CheckContext after = CheckContexts.in(sandbox).phase(Phase.STAGED).changed(changed).build();
    return runner(List.of(check), List.of())
        .run(new CheckRequest(after, Optional.of(before), Set.of(), Set.of(), true));
  }

  private Place place() {
    Target hooks = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
    return new Place(hooks, EntryPath.of("x.sh"));
  }

  private Path file() {
    return place().live();
  }

  private void assertFailed(CheckReport report, Ending ending, String words) {
    Result result = report.results().getFirst();
    assertThat(result.checkId()).isEqualTo("broken");
    assertThat(result.ending()).isEqualTo(ending);
    assertThat(result.findings())
        .singleElement()
        .matches(f -> f.severity() == Severity.BLOCK)
        .matches(f -> f.kind() == ErrorKind.UNKNOWN)
        .matches(f -> f.checkId().equals("broken"))
        .matches(f -> f.message().contains(words));
  }

  private CheckReport run(List<Validator> content, List<Validator> external, CheckContext context) {
    return runner(content, external).run(request(context));
  }

  private static CheckRequest request(CheckContext context) {
    return new CheckRequest(context, Optional.empty(), Set.of(), Set.of(), true);
  }

  private CheckContext context(Phase phase) {
    return CheckContexts.in(sandbox).phase(phase).build();
  }
}
