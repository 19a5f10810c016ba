package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.check.CheckReport;
import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.api.check.CheckRunner;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.ScriptedValidator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link CheckRunner} must do: which checks run, in which order, and what excuses an old
 * fault.
 */
public abstract class CheckRunnerContract extends CheckRuns {
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
    CheckContext context = context(Phase.STAGED);

    assertThat(
            runner(List.of(fileless("friday")), List.of())
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

  @Test
  void run_staged_forgetsTheOldFaultsOfAnEarlierUpdate() {
    CheckRunner runner = runner(List.of(faulty("old")), List.of());
    CheckContext live = context(Phase.POST_UPDATE);

    runner.run(compared(before("old")));
    assertThat(runner.run(request(live)).blocks()).isFalse();
    runner.run(compared(before("mended")));
    assertThat(runner.run(request(live)).blocks()).isTrue();
  }

  private CheckRequest compared(CheckContext before) {
    return new CheckRequest(context(Phase.STAGED), Optional.of(before), Set.of(), Set.of(), true);
  }

  private CheckReport run(Validator check, CheckContext before, List<TargetPath> changed) {
    CheckContext after = CheckContexts.in(sandbox).phase(Phase.STAGED).changed(changed).build();
    return runner(List.of(check), List.of())
        .run(new CheckRequest(after, Optional.of(before), Set.of(), Set.of(), true));
  }
}
