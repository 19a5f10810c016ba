package dev.stravinsky.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.audit.TrailReport;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TrailOracle;
import dev.stravinsky.testkit.contract.TrailSeries;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a long trail costs, on the real disk. Every build has a short one; {@code
 * -Dstravinsky.trail.append=100000 -Dstravinsky.trail.events=1000000} the ones that count.
 */
class LongTrailTest {
  private static final int APPENDED = Integer.getInteger("stravinsky.trail.append", 2_000);
  private static final int GROUP = 100;
  private static final int EVENTS = Integer.getInteger("stravinsky.trail.events", 10_000);
  private static final long SEED = Long.getLong("stravinsky.seed", 20_261_123);
  private static final int ROUNDS = 5;

  @TempDir Path directory;

  /** A question, or whatever else takes time. */
  @FunctionalInterface
  private interface Work<T> {
    T done() throws IOException;
  }

  private static <T> T timed(String what, Work<T> work) throws IOException {
    long start = System.nanoTime();
    T result = work.done();
    System.out.printf(Locale.ROOT, "  %-46s %,10.1f ms%n", what, (System.nanoTime() - start) / 1e6);
    return result;
  }

  @Test
  void append_inGroups_isOneChain() throws IOException {
    try (Sandbox sandbox = Sandbox.onDisk(directory)) {
      AuditTrail trail = sandbox.services().audit();
      System.out.printf("trail: %,d events, appended in groups of %d:%n", APPENDED, GROUP);
      timed(
          "appended, each group forced",
          () -> {
            for (int i = 0; i < APPENDED; i += GROUP) {
              trail.appendAll(group(i));
            }
            return true;
          });

      assertThat(TrailOracle.eventIds(sandbox.home())).hasSize(APPENDED);
      TrailReport report = trail.verify(Optional.empty());
      assertThat(report.problems()).isEmpty();
      assertThat(report.events()).isEqualTo(APPENDED);
    }
  }

  private static List<EventDraft> group(int from) {
    List<EventDraft> group = new ArrayList<>();
    for (int i = from; i < from + GROUP; i++) {
      group.add(
          EventDraft.of("e" + i, EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "user")
              .withVersions("v" + i, "v" + (i + 1))
              .withDuration(Duration.ofMillis(i % 5_000)));
    }
    return group;
  }

  @Test
  void longTrail_askedInEveryWay_answersByIndexAsByTheLog() throws IOException {
    try (Sandbox sandbox = Sandbox.onDisk(directory)) {
      TrailSeries.write(sandbox, SEED, EVENTS);
      AuditTrail trail = sandbox.services().audit();
      System.out.printf("trail: %,d events, seed %d:%n", EVENTS, SEED);
      for (int round = 1; round <= 2; round++) {
        TrailReport report = timed("verified", () -> trail.verify(Optional.empty()));
        assertThat(report.problems()).isEmpty();
        assertThat(report.events()).isEqualTo(EVENTS);
      }
      timed("index made", trail::rebuildIndex);
      for (int round = 1; round <= ROUNDS; round++) {
        // The last round is that of a warm process.
        boolean last = round == ROUNDS;
        for (EventQuery query : queries(sandbox.clock().instant())) {
          List<AuditEvent> answer =
              last ? timed(words(query), () -> trail.query(query)) : trail.query(query);
          assertThat(answer).hasSizeLessThanOrEqualTo(20).allSatisfy(e -> matches(query, e));
        }
        AuditEvent found =
            last
                ? timed("find by id", () -> trail.find("e" + EVENTS / 2)).orElseThrow()
                : trail.find("e" + EVENTS / 2).orElseThrow();
        assertThat(found.seq()).isEqualTo(EVENTS / 2);
        assertThat(trail.find(Integer.toString(EVENTS / 3)).orElseThrow().content().eventId())
            .isEqualTo("e" + EVENTS / 3);
      }
      timed("statistics of all", () -> trail.statistics(Instant.EPOCH));
    }
  }

  private static void matches(EventQuery query, AuditEvent event) {
    assertThat(EventSelection.matches(query, event)).isTrue();
  }

  private static List<EventQuery> queries(Instant now) {
    Optional<String> version = Optional.of("v7");
    Optional<String> scope = Optional.of("user");
    Optional<EventStatus> failed = Optional.of(EventStatus.FAILED);
    Optional<EventType> rollback = Optional.of(EventType.AUTO_ROLLBACK);
    Optional<Instant> lastYear = Optional.of(now.minus(Duration.ofDays(200)));
    Optional<Instant> dayAfter = Optional.of(now.minus(Duration.ofDays(199)));
    return List.of(
        query(rollback, Optional.empty(), Optional.empty(), Optional.empty()),
        query(Optional.empty(), version, Optional.empty(), Optional.empty()),
        query(Optional.empty(), Optional.of("no such"), Optional.empty(), Optional.empty()),
        query(Optional.empty(), Optional.empty(), failed, Optional.empty()),
        query(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("project:none")),
        query(rollback, version, Optional.of(EventStatus.SUCCESS), scope),
        query(Optional.of(EventType.CONFIG_CHANGED), Optional.empty(), failed, scope),
        new EventQuery(
            rollback, Optional.empty(), Optional.empty(), scope, lastYear, dayAfter, limit()),
        EventQuery.ALL.withFrom(now.minus(Duration.ofHours(24))).withLimit(20),
        EventQuery.ALL.withLimit(20));
  }

  private static EventQuery query(
      Optional<EventType> type,
      Optional<String> version,
      Optional<EventStatus> status,
      Optional<String> scope) {
    return new EventQuery(
        type, version, status, scope, Optional.empty(), Optional.empty(), limit());
  }

  private static OptionalInt limit() {
    return OptionalInt.of(20);
  }

  private static String words(EventQuery query) {
    String words =
        query.type().map(type -> " type").orElse("")
            + query.version().map(version -> " version").orElse("")
            + query.status().map(status -> " status").orElse("")
            + query.scope().map(scope -> " scope").orElse("")
            + query.from().map(from -> " from").orElse("")
            + query.to().map(to -> " to").orElse("");
    return "query by" + (words.isEmpty() ? " nothing" : words);
  }
}
