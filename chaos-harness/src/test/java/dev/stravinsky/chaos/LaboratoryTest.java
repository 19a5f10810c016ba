package dev.stravinsky.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.chaos.Fault.Aftermath;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The laboratory notices what it is there to notice. */
class LaboratoryTest {
  private static final Effort LITTLE = new Effort(3, 6, 1, Effort.Depth.BUILD);

  @Test
  void run_aPlannedFaultThatDoesNotTakePlace_fails() throws IOException {
    Strike never =
        new OperationFaults.Planned("beyond the end", () -> FaultPlan.NONE, false, false);
    CellResult result = run(never, Aftermath.HEALS);
    assertThat(result.violations()).isZero();
    assertThat(result.injected()).isZero();
    assertThat(result.passed()).isFalse();
  }

  @Test
  void run_noPlaceForAFault_fails() throws IOException {
    Fault nowhere = new Fault((prepared, clean, random) -> List.of(), Aftermath.HEALS);
    assertThat(run(nowhere).passed()).isFalse();
  }

  @Test
  void run_aFileThatIsLost_fails() throws IOException {
    CellResult result = run(new Loss(), Aftermath.HEALS);
    assertThat(result.injected()).isOne();
    assertThat(result.failed().getFirst().violations())
        .anyMatch(v -> v.contains("/home/tester/.claude/todos/today.json is absent"));
  }

  @Test
  void run_onlyAProgrammingError_isNoSentenceForPeople() throws IOException {
    Strike broken =
        new OperationFaults.Planned(
            "a defect",
            () ->
                operation -> {
                  if (operation.number() == 40) {
                    throw new IllegalStateException("a defect");
                  }
                  return FaultPlan.NONE.decide(operation);
                },
            false,
            false);
    assertThat(run(broken, Aftermath.HEALS).failed().getFirst().violations())
        .anyMatch(v -> v.startsWith("no sentence for people"));
  }

  @Test
  void run_sameSeedTwice_sameFaultsAndSameResults() throws IOException {
    for (FaultKind kind :
        List.of(FaultKind.STAGED, FaultKind.JOURNAL, FaultKind.READ_ERROR, FaultKind.POWER_CUT)) {
      Cell cell = Matrix.cell(Operation.UPDATE, kind);
      assertThat(outline(cell, 7)).as(kind.id()).isEqualTo(outline(cell, 7));
    }
  }

  private static String outline(Cell cell, long seed) throws IOException {
    try (Laboratory laboratory = new Laboratory(seed)) {
      CellResult result = laboratory.run(cell, LITTLE);
      Trace trace = new Trace(true); // Checks look side by side, in any order.
      Trial trial = laboratory.replay(new TrialId(cell.operation(), cell.kind(), 3), trace);
      return result.line() + result.states() + trial + String.join("\n", trace.lines());
    }
  }

  @Test
  void replay_secondPowerCut_isFoundByItsNumber() throws IOException {
    try (Laboratory laboratory = new Laboratory(1)) {
      int first = laboratory.places(Matrix.cell(Operation.UPDATE, FaultKind.POWER_CUT)) * 2 / 3;
      TrialId id = new TrialId(Operation.UPDATE, FaultKind.POWER_CUT, first, OptionalInt.of(2));
      Trial trial = laboratory.replay(id, Watcher.NOBODY);
      assertThat(trial.place()).contains(", then at ");
      assertThat(trial.violations()).isEmpty();
    }
  }

  /** The journal then looks as if it were torn before its last record. */
  @Test
  void replay_theCommitsRecordWentBadAfterADeletion_whatWasDeletedIsBack() throws IOException {
    try (Laboratory laboratory = new Laboratory(462242)) {
      TrialId id = TrialId.parse("update/journal/38").orElseThrow();
      Trial trial = laboratory.replay(id, Watcher.NOBODY);
      assertThat(trial.place()).contains("RENAME /home/tester/.claude/.stravinsky-");
      assertThat(trial.violations()).isEmpty();
    }
  }

  @Test
  void replay_noSuchPlace_isToldApart() throws IOException {
    try (Laboratory laboratory = new Laboratory(1)) {
      assertThatThrownBy(
              () ->
                  laboratory.replay(
                      TrialId.parse("update/killed/9999999").orElseThrow(), Watcher.NOBODY))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  private static CellResult run(Strike strike, Aftermath aftermath) throws IOException {
    return run(new Fault((prepared, clean, random) -> List.of(strike), aftermath));
  }

  private static CellResult run(Fault fault) throws IOException {
    Cell cell = new Cell(Operation.UPDATE, FaultKind.IO_ERROR, new Cell.Trials.Strikes(fault));
    try (Laboratory laboratory = new Laboratory(1)) {
      return laboratory.run(cell, LITTLE);
    }
  }

  /** Somebody deletes a file of the user's that no release knows. */
  private record Loss() implements Strike {
    @Override
    public String position() {
      return "before the command";
    }

    @Override
    public void arm(Sandbox sandbox) throws IOException {
      Files.delete(sandbox.claude().resolve("todos/today.json"));
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return true;
    }

    @Override
    public void disarm(Sandbox sandbox) {
      // It stays away.
    }
  }
}
