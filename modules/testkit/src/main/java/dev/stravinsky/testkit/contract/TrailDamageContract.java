package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailReport;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every single damage to a trail, at each of its events, is found and named. */
public abstract class TrailDamageContract extends SandboxTest {
  /** {@code -Dstravinsky.trail.damaged=1000} for a longer one. */
  private static final int EVENTS = Integer.getInteger("stravinsky.trail.damaged", 100);

  /**
   * Forcing a hundred events to a real disk takes a while: written once, copied to each sandbox.
   */
  private static final Map<String, byte[]> WRITTEN = new ConcurrentHashMap<>();

  private List<String> lines;

  @BeforeEach
  void haveTrail() throws IOException {
    if (WRITTEN.isEmpty()) {
      writeTrail();
    } else {
      for (Map.Entry<String, byte[]> file : WRITTEN.entrySet()) {
        sandbox.write(sandbox.home().audit().resolve(file.getKey()), file.getValue(), 0600);
      }
    }
    lines = Files.readAllLines(log());
    assertThat(trail().verify(Optional.empty()).intact()).isTrue();
  }

  private void writeTrail() throws IOException {
    for (int i = 1; i <= EVENTS; i++) {
      trail()
          .append(
              EventDraft.of("e" + i, EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "user")
                  .withDetails(Map.of("n", "value " + i)));
    }
    for (String name : List.of("operations.log", "head.json")) {
      WRITTEN.put(name, Files.readAllBytes(sandbox.home().audit().resolve(name)));
    }
  }

  private AuditTrail trail() {
    return sandbox.services().audit();
  }

  private Path log() {
    return sandbox.home().operationsLog();
  }

  private TrailReport verifyWith(List<String> damaged) throws IOException {
    Files.writeString(log(), damaged.isEmpty() ? "" : String.join("\n", damaged) + "\n");
    return trail().verify(Optional.empty());
  }

  /** Damages the trail at each event in turn; the report must name that event and its line. */
  private void atEachEvent(BiConsumer<List<String>, Integer> damage, int last) throws IOException {
    atEachEvent(damage, last, 0);
  }

  /** The report must name the event that stood so many lines behind the damage. */
  private void atEachEvent(BiConsumer<List<String>, Integer> damage, int last, int behind)
      throws IOException {
    // On a real disk a sample will do: the damage is to the text, not to the disk.
    int step = sandbox.isInMemory() ? 1 : 11;
    for (int i = 0; i < last; i += step) {
      List<String> damaged = new ArrayList<>(lines);
      damage.accept(damaged, i);
      int named = i + 1 + behind;
      TrailReport report = verifyWith(damaged);
      assertThat(report.problems())
          .as("event %d, all: %s", named, report.problems())
          .anySatisfy(p -> assertThat(p.message()).containsPattern("events? " + named + "\\b"))
          .allSatisfy(p -> assertThat(p.file()).isPresent())
          .allSatisfy(p -> assertThat(p.line()).isPresent())
          .hasSizeLessThanOrEqualTo(3);
    }
  }

  @Test
  void verify_contentChanged_namesTheEvent() throws IOException {
    atEachEvent((l, i) -> l.set(i, l.get(i).replace("value", "Value")), EVENTS);
  }

  @Test
  void verify_contentChangedAndItsHashMadeAnew_namesTheEvent() throws IOException {
    atEachEvent(
        (l, i) -> l.set(i, TrailOracle.rehashed(l.get(i).replace("value", "Value"))), EVENTS);
  }

  @Test
  void verify_numberChanged_namesTheEvent() throws IOException {
    atEachEvent(
        (l, i) -> l.set(i, l.get(i).replace("{\"seq\":" + (i + 1), "{\"seq\":" + (i + 901))),
        EVENTS);
  }

  @Test
  void verify_linkChanged_namesTheEvent() throws IOException {
    atEachEvent(
        (l, i) ->
            l.set(
                i,
                TrailOracle.rehashed(
                    l.get(i)
                        .replaceFirst("\"prev_hash\":\"[0-9a-f]{8}", "\"prev_hash\":\"01234567"))),
        EVENTS);
  }

  @Test
  void verify_lineMadeIllegible_namesTheEvent() throws IOException {
    atEachEvent((l, i) -> l.set(i, "x".repeat(40)), EVENTS);
    atEachEvent((l, i) -> l.set(i, ""), EVENTS);
  }

  @Test
  void verify_eventRemoved_namesIt() throws IOException {
    atEachEvent((l, i) -> l.remove((int) i), EVENTS);
  }

  @Test
  void verify_twoEventsExchanged_namesTheOneThatCameEarly() throws IOException {
    atEachEvent((l, i) -> l.set(i, l.set(i + 1, l.get(i))), EVENTS - 1, 1);
  }

  @Test
  void verify_eventDoubled_namesIt() throws IOException {
    atEachEvent((l, i) -> l.add(i, l.get(i)), EVENTS);
  }

  @Test
  void verify_eventRepeatedElsewhere_namesIt() throws IOException {
    atEachEvent((l, i) -> l.add((i + 50) % EVENTS, l.get(i)), EVENTS);
  }

  @Test
  void verify_forgedEventPutBefore_namesItAndNotTheTrueOne() throws IOException {
    for (int i = 0; i < EVENTS; i++) {
      verifyForged(i, i);
    }
  }

  @Test
  void verify_forgedEventPutBehind_namesItAndNotTheTrueOne() throws IOException {
    for (int i = 0; i < EVENTS; i++) {
      verifyForged(i, i + 1);
    }
  }

  /** An event that says it follows the same one as the true one, with a hash that is right. */
  private void verifyForged(int of, int at) throws IOException {
    List<String> damaged = new ArrayList<>(lines);
    damaged.add(at, TrailOracle.rehashed(lines.get(of).replace("value", "forged")));

    assertThat(verifyWith(damaged).problems())
        .singleElement()
        .satisfies(p -> assertThat(p.message()).startsWith("event " + (of + 1) + " is not in its"))
        .satisfies(p -> assertThat(p.line()).hasValue(at + 1));
  }

  @Test
  void verify_cutAtALine_namesTheFirstMissingEvent() throws IOException {
    atEachEvent((l, i) -> l.subList(i, l.size()).clear(), EVENTS);
  }

  @Test
  void verify_cutInALine_namesTheEvent() throws IOException {
    for (int i = 0; i < EVENTS; i++) {
      List<String> whole = lines.subList(0, i);
      String half = lines.get(i).substring(0, 40 + i % 200);
      Files.writeString(log(), whole.isEmpty() ? half : String.join("\n", whole) + "\n" + half);
      int seq = i + 1;
      assertThat(trail().verify(Optional.empty()).problems())
          .extracting(Problem::message)
          .anySatisfy(message -> assertThat(message).containsPattern("events? " + seq + "\\b"));
    }
  }

  @Test
  void verify_beginningRemoved_isFound() throws IOException {
    for (int removed = 1; removed < EVENTS; removed++) {
      assertThat(verifyWith(lines.subList(removed, EVENTS)).problems())
          .extracting(Problem::message)
          .anySatisfy(message -> assertThat(message).contains("missing at the beginning"));
    }
  }

  @Test
  void verify_logEmptiedOrGone_isFound() throws IOException {
    assertThat(verifyWith(List.of()).problems()).isNotEmpty();
    Files.delete(log());
    assertThat(trail().verify(Optional.empty()).problems()).isNotEmpty();
  }

  @Test
  void verify_headGoneOrBroken_isFound() throws IOException {
    Path head = sandbox.home().audit().resolve("head.json");
    Files.writeString(head, "{}");
    assertThat(trail().verify(Optional.empty()).problems()).hasSize(1);
    Files.delete(head);
    assertThat(trail().verify(Optional.empty()).problems()).hasSize(1);
  }

  @Test
  void verify_trailAndHeadCutTogether_isKnownFromABackup() throws IOException {
    String line = lines.get(94);
    String hash = line.substring(line.length() - 66, line.length() - 2);
    Path manifest = sandbox.home().backups().resolve("v1").resolve("manifest.json");
    String content =
        "{\"version\":\"v1\",\"trail_head\":{\"seq\":95,\"hash\":\"%s\"},\"entries\":[]}";
    sandbox.write(manifest, content.formatted(hash));
    assertThat(verifyWith(lines).problems()).isEmpty();
    Files.delete(sandbox.home().audit().resolve("head.json"));

    assertThat(verifyWith(lines.subList(0, 90)).problems())
        .extracting(Problem::message)
        .anySatisfy(message -> assertThat(message).contains("has seen event 95"));
    sandbox.write(manifest, content.formatted("0123".repeat(16)));
    assertThat(verifyWith(lines).problems())
        .extracting(Problem::message)
        .anySatisfy(message -> assertThat(message).startsWith("event 95 was changed"));
  }

  @Test
  void append_afterTheEndWasCutOff_keepsTheGapInSight() throws IOException {
    verifyWith(lines.subList(0, 90));

    trail().append(EventDraft.of("new", EventType.UPDATE_START, EventStatus.SUCCESS, "user"));

    assertThat(trail().verify(Optional.empty()).problems())
        .singleElement()
        .satisfies(
            p -> assertThat(p.message()).contains("events 91 to " + EVENTS + " are missing"));
    assertThat(trail().head().seq()).isEqualTo(EVENTS + 1);
  }

  @Test
  void append_afterTheEndWasWrittenAnew_keepsTheOldHeadAsWitness() throws IOException {
    List<String> forged = new ArrayList<>(lines);
    String previous = "";
    for (int i = EVENTS - 5; i < EVENTS; i++) {
      String line = lines.get(i).replace("value", "forged");
      if (!previous.isEmpty()) {
        line =
            line.replaceFirst(
                "\"prev_hash\":\"[0-9a-f]{64}",
                "\"prev_hash\":\""
                    + previous.substring(previous.length() - 66, previous.length() - 2));
      }
      previous = TrailOracle.rehashed(line);
      forged.set(i, previous);
    }
    assertThat(verifyWith(forged).problems()).isNotEmpty();

    trail().append(EventDraft.of("n1", EventType.UPDATE_START, EventStatus.SUCCESS, "user"));
    trail().append(EventDraft.of("n2", EventType.UPDATE_START, EventStatus.SUCCESS, "user"));

    assertThat(trail().verify(Optional.empty()).problems())
        .extracting(Problem::message)
        .anySatisfy(message -> assertThat(message).contains("event " + EVENTS + " "));
  }
}
