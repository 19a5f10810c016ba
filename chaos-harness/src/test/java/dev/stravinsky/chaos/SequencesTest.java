package dev.stravinsky.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.chaos.SequencePlayer.Played;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import dev.stravinsky.chaos.sequence.Sequence;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SequencesTest {
  private static Sequences sequences;

  @BeforeAll
  static void prepare() throws IOException {
    sequences = new Sequences();
  }

  @AfterAll
  static void close() throws IOException {
    sequences.close();
  }

  @Test
  void replay_aFaultInAStep_takesPlaceThereAndAllHolds() throws IOException {
    Played played = play("sequence:update-v1,edit-released,update-v2!killed@700,undo,verify");
    assertThat(played.violations()).isEmpty();
    assertThat(played.planned()).isOne();
    assertThat(played.injected()).isOne();
  }

  @Test
  void replay_aPowerCut_namesTheLoss() throws IOException {
    Trace trace = new Trace(true);
    Sequence sequence = Sequence.parse("sequence:update-v1!power-cut.0@500").orElseThrow();
    Played played = sequences.replay(sequence, trace);
    assertThat(played.violations()).isEmpty();
    assertThat(played.place()).contains("losing Everything");
    assertThat(trace.lines()).anyMatch(line -> line.startsWith("the next command"));
  }

  @Test
  void replay_nothingToUndo_isNoTarget() throws IOException {
    Played played = play("sequence:undo!killed@500");
    assertThat(played.planned()).isZero();
    assertThat(played.violations()).isEmpty();
  }

  /** A backup whose deletion could not be told yet is still there, under another name. */
  @Test
  void replay_aDeletionThatTheTrailHasNotHeardOf_isNoLie() throws IOException {
    assertThat(play("sequence:update-v1,retention!disk-full@543,verify").violations()).isEmpty();
  }

  @Test
  void run_sameSeedTwice_sameResults() throws IOException {
    Row first = sequences.run(11, 3);
    Row second = sequences.run(11, 3);
    assertThat(first.planned()).isPositive();
    assertThat(List.of(first.planned(), first.injected(), first.states(), first.failures()))
        .isEqualTo(
            List.of(second.planned(), second.injected(), second.states(), second.failures()));
    assertThat(first.failures()).isEmpty();
  }

  private static Played play(String sequence) throws IOException {
    return sequences.replay(Sequence.parse(sequence).orElseThrow(), Watcher.NOBODY);
  }
}
