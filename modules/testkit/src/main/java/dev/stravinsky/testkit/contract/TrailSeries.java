package dev.stravinsky.testkit.contract;

import dev.stravinsky.api.Home;
import dev.stravinsky.testkit.Sandbox;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;

/**
 * A long trail out of a seed: two years of updates, some of which were blocked or rolled back,
 * recoveries and backups. Written as {@code docs/audit-log.md} describes it, with no code of the
 * product's, and far faster than one event after the other could be forced.
 */
public final class TrailSeries {
  private static final Duration SPAN = Duration.ofDays(700);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final String[] CHECKS = {"hooks-syntax", "settings-schema", "dependencies"};

  private final Random random;
  private final int events;
  private final Instant first;
  private String hash = "0".repeat(64);
  private int seq;
  private int version = 1;

  private TrailSeries(long seed, int events, Instant now) {
    this.random = new Random(seed);
    this.events = events;
    this.first = now.minus(SPAN);
  }

  /** Writes so many events into a sandbox that has none; the last is of a moment ago. */
  public static void write(Sandbox sandbox, long seed, int events) throws IOException {
    new TrailSeries(seed, events, sandbox.clock().instant()).write(sandbox.home());
  }

  private void write(Home home) throws IOException {
    Files.createDirectories(home.audit());
    try (BufferedWriter log =
        Files.newBufferedWriter(home.operationsLog(), StandardCharsets.UTF_8)) {
      while (seq < events) {
        operation(log);
      }
    }
    Files.writeString(
        home.audit().resolve("head.json"),
        "{\"format\": 1, \"seq\": " + seq + ", \"hash\": \"" + hash + "\"}\n");
  }

  private void operation(BufferedWriter log) throws IOException {
    String from = "v" + version;
    String to = "v" + (version + 1);
    int kind = random.nextInt(20);
    if (kind == 0) {
      line(log, "RECOVERY_ATTEMPT", from, from, "success", 0.3, "\"paths\":\"hooks/a.sh\"");
    } else if (kind == 1 && version > 1) {
      line(log, "MANUAL_ROLLBACK", "v" + (version - 1), from, "success", 0.4, "");
      version--;
    } else {
      String check = "\"checks\":\"" + CHECKS[random.nextInt(CHECKS.length)] + "\"";
      line(log, "UPDATE_START", to, from, "success", 0, "\"signature\":\"none\"");
      if (kind == 2) {
        line(log, "UPDATE_BLOCKED", to, from, "blocked", 0, check);
        return;
      }
      line(log, "BACKUP_CREATED", from, "", "success", 0.1, "\"backup\":\"" + from + "\"");
      if (kind == 3) {
        line(log, "AUTO_ROLLBACK", to, from, "rolled_back", 0.8, check);
        line(log, "UPDATE_FAILED", to, from, "failed", 0, check);
      } else {
        line(log, "UPDATE_SUCCESS", to, from, "success", 0.6, "\"files\":\"12\"");
        version++;
      }
      line(log, "BACKUP_DELETED", from, "", "success", 0, "\"backup\":\"" + from + "\"");
    }
  }

  private void line(
      BufferedWriter log,
      String type,
      String to,
      String from,
      String status,
      double seconds,
      String details)
      throws IOException {
    if (seq == events) {
      return;
    }
    seq++;
    Instant time = first.plus(SPAN.multipliedBy(seq - 1).dividedBy(events));
    String took =
        seconds == 0
            ? "null"
            : String.format(Locale.ROOT, "%.3f", seconds * Math.exp(random.nextGaussian()));
    String line =
        "{\"seq\":%d,\"event_id\":\"e%d\",\"timestamp\":\"%s\",\"event_type\":\"%s\","
                .formatted(seq, seq, TIME.format(time), type)
            + "\"version\":\"%s\",\"previous_version\":%s,\"scope\":\"user\","
                .formatted(to, from.isEmpty() ? "null" : '"' + from + '"')
            + "\"user\":\"tester\",\"hostname\":\"sandbox\",\"status\":\"%s\",".formatted(status)
            + "\"duration_seconds\":%s,\"details\":{%s},\"error\":null,\"prev_hash\":\"%s\""
                .formatted(took, details, hash);
    hash = TrailOracle.sha256(line + "}");
    log.write(line + ",\"hash\":\"" + hash + "\"}\n");
  }
}
