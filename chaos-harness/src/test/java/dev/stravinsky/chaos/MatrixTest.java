package dev.stravinsky.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MatrixTest {
  @Test
  void all_everyOperationAndFault_isTriedOrSaysWhyNot() {
    List<Cell> all = Matrix.all();
    assertThat(all).hasSize(Operation.values().length * FaultKind.values().length);
    assertThat(all).extracting(Cell::id).doesNotHaveDuplicates();
    assertThat(all)
        .allSatisfy(cell -> assertThat(cell.because().orElse("it is tried")).isNotBlank());
  }

  @Test
  void all_everyFault_isMetByMostOfTheOperationsThatChangeFiles() {
    for (FaultKind kind : FaultKind.values()) {
      if (kind == FaultKind.PLUGIN_MEMORY) {
        continue; // It takes a plugin host, and is tried in the distribution.
      }
      long tried =
          Arrays.stream(Operation.values())
              .filter(operation -> operation.cannotMeet(kind).isEmpty())
              .count();
      assertThat(tried).as(kind.id()).isGreaterThanOrEqualTo(fewest(kind));
    }
    for (FaultKind kind : FaultKind.values()) {
      if (kind == FaultKind.PLUGIN_MEMORY) {
        continue;
      }
      Operation all = kind.isOfTheNetwork() ? Operation.DOWNLOAD : Operation.UPDATE;
      assertThat(all.cannotMeet(kind)).as(kind.id()).isEmpty();
    }
  }

  private static long fewest(FaultKind kind) {
    if (kind.isOfTheNetwork()) {
      return 1;
    }
    return switch (kind) {
      case MERGE_BASE -> 3;
      case INDEX -> 2;
      default -> 8;
    };
  }

  @Test
  void trialId_ofAnyCell_isReadAsWritten() {
    for (Cell cell : Matrix.all()) {
      TrialId id = new TrialId(cell.operation(), cell.kind(), 17);
      assertThat(TrialId.parse(id.toString())).contains(id);
      assertThat(TrialId.parse(id + "+4").orElseThrow().toString()).isEqualTo(id + "+4");
    }
  }

  @Test
  void trialId_ofAnythingElse_isNone() {
    for (String text :
        List.of(
            "", "update", "update/disk-full", "update/disk-full/", "update/x/1", "x/killed/1")) {
      assertThat(TrialId.parse(text)).as(text).isEmpty();
    }
    assertThat(TrialId.parse("update/killed/-1")).isEmpty();
    assertThat(TrialId.parse("update/killed/123456789")).isEmpty();
  }

  @Test
  void selection_globOrPart_choosesCells() {
    assertThat(Matrix.all().stream().filter(Selection.of("recover-*/killed")))
        .extracting(Cell::id)
        .containsExactly(
            "recover-file/killed",
            "recover-directory/killed",
            "recover-version/killed",
            "recover-version-by-rename/killed");
    assertThat(Matrix.all().stream().filter(Selection.of("backup/power")))
        .extracting(Cell::id)
        .containsExactly("backup/power-cut");
  }
}
