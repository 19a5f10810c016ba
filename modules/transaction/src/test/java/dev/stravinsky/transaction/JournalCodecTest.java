package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import dev.stravinsky.transaction.Step.Operation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is written into a journal is what a later command reads there. */
final class JournalCodecTest {
  private static final Path PROJECT = Path.of("/srv/pro ject");
  private static final Path FILE = Path.of("/home/user/journal/tx1.journal");

  private static final Header HEADER =
      new Header(
          "tx1",
          Scope.project(PROJECT),
          "update",
          Instant.parse("2026-11-23T01:02:03.000004Z"),
          Map.of("version", "v2", "note", "kept"),
          List.of(
              Target.tree("hooks", Scope.project(PROJECT), PROJECT.resolve(".claude/hooks")),
              new Target(
                  "settings",
                  Scope.USER,
                  Path.of("/home/user/.claude"),
                  List.of("settings.json", "settings.local.json"))),
          List.of(PROJECT.resolve(".claude"), Path.of("/home/user/.claude")));

  private static final List<Step> STEPS =
      List.of(
          step(
              Operation.REPLACE,
              new EntryState.Regular(Sha256.of(new byte[] {1}), 1, 0644),
              new EntryState.Link("%2Fetc")),
          step(Operation.MAKE_DIRECTORY, EntryState.ABSENT, new EntryState.Directory(0500)));

  private static Step step(Operation operation, EntryState before, EntryState after) {
    Path live = PROJECT.resolve(".claude/hooks/a b.py");
    return new Step(
        operation,
        1,
        EntryPath.of("a b.py"),
        live,
        live.resolveSibling("staged"),
        live.resolveSibling("aside"),
        before,
        after,
        "11",
        "12");
  }

  private static List<byte[]> committed() {
    List<byte[]> records = prepared(STEPS);
    records.add(JournalCodec.reached(State.SWAPPING));
    records.add(JournalCodec.reached(State.SWAPPED));
    records.add(JournalCodec.reached(State.COMMITTED));
    return records;
  }

  private static List<byte[]> prepared(List<Step> steps) {
    List<byte[]> records = new ArrayList<>(List.of(JournalCodec.header(HEADER)));
    JournalCodec.prepared(steps).forEach(records::add);
    return records;
  }

  @Test
  void prepared_manySteps_inRecordsOfAThousand() {
    List<Step> steps = new ArrayList<>();
    while (steps.size() < 2_001) {
      steps.addAll(STEPS);
    }
    List<Step> exactly = steps.subList(0, 2_000);
    List<Step> oneMore = steps.subList(0, 2_001);

    assertThat(prepared(exactly)).hasSize(1 + 2);
    assertThat(prepared(oneMore)).hasSize(1 + 3);
    assertThat(JournalCodec.decode(prepared(oneMore), FILE).steps()).isEqualTo(oneMore);
    assertThat(JournalCodec.decode(prepared(oneMore), FILE).reached()).isEqualTo(State.PREPARED);
  }

  @Test
  void prepared_noSteps_isOneRecord() {
    JournalContent content = JournalCodec.decode(prepared(List.of()), FILE);

    assertThat(content.reached()).isEqualTo(State.PREPARED);
    assertThat(content.steps()).isEmpty();
  }

  @Test
  void decode_cutOffAmongTheSteps_saysNone() {
    List<Step> steps = new ArrayList<>();
    while (steps.size() < 1_001) {
      steps.addAll(STEPS);
    }
    List<byte[]> cutOff = prepared(steps).subList(0, 2);

    assertThat(JournalCodec.decode(cutOff, FILE).reached()).isEqualTo(State.STAGING);
    assertThat(JournalCodec.decode(cutOff, FILE).steps()).isEmpty();
    cutOff = new ArrayList<>(cutOff);
    cutOff.add(JournalCodec.reached(State.UNDONE));
    assertThat(JournalCodec.decode(cutOff, FILE).steps()).isEmpty();
  }

  @Test
  void decode_everyField_isAsWritten() {
    JournalContent content = JournalCodec.decode(committed(), FILE);

    assertThat(content.header()).isEqualTo(HEADER);
    assertThat(content.steps()).isEqualTo(STEPS);
    assertThat(content.reached()).isEqualTo(State.COMMITTED);
    assertThat(content.wasCommitted()).isTrue();
  }

  @Test
  void decode_undoneAfterwards_commitStillCounts() {
    List<byte[]> records = new ArrayList<>(committed());
    records.add(JournalCodec.reached(State.CLEAN));

    JournalContent content = JournalCodec.decode(records, FILE);

    assertThat(content.reached()).isEqualTo(State.CLEAN);
    assertThat(content.wasCommitted()).isTrue();
    assertThat(JournalCodec.decode(records.subList(0, 4), FILE).wasCommitted()).isFalse();
  }

  @Test
  void decode_commitWithdrawn_doesNotCount() {
    JournalContent content = JournalCodec.decode(committed(), JournalFolder.withdrawn(FILE));

    assertThat(content.reached()).isEqualTo(State.SWAPPED);
    assertThat(content.wasCommitted()).isFalse();
  }

  @Test
  void decode_newerFormat_isRefused() {
    String newer =
        new String(JournalCodec.header(HEADER), StandardCharsets.UTF_8)
            .replace("\"format\":1", "\"format\":2");

    assertThatThrownBy(
            () -> JournalCodec.decode(List.of(newer.getBytes(StandardCharsets.UTF_8)), FILE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("format 2");
  }

  @Test
  void decode_unknownState_isDamage() {
    List<byte[]> records = new ArrayList<>(committed());
    records.add("{\"state\": \"FLOATING\"}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> JournalCodec.decode(records, FILE))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("cannot be read");
  }
}
