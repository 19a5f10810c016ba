package dev.stravinsky.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TrailOracle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real processes at one trail, and other programs that read it. */
@Timeout(300)
class LogTrailProcessesTest {
  private static final int PROCESSES = 8;
  private static final int EVENTS = 25;

  @TempDir Path directory;

  private static Process start(Path directory, String name, int events) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            AppendingProcess.class.getName(),
            directory.toString(),
            name,
            Integer.toString(events))
        .inheritIO()
        .start();
  }

  @Test
  void append_eightProcessesAtOnce_isOneChainWithEveryEvent() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      processes.add(start(directory, "p" + i, EVENTS));
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }

    try (Sandbox sandbox = Sandbox.onDisk(directory)) {
      assertThat(TrailOracle.eventIds(sandbox.home()))
          .doesNotHaveDuplicates()
          .hasSize(PROCESSES * EVENTS);
      assertThat(sandbox.services().audit().verify(Optional.empty()).problems()).isEmpty();
    }
  }

  @Test
  void append_processKilledInTheMiddle_leavesAnIntactTrail() throws Exception {
    try (Sandbox sandbox = Sandbox.onDisk(directory)) {
      for (int round = 0; round < 3; round++) {
        Process process = start(directory, "r" + round, 1_000_000);
        Path log = sandbox.home().operationsLog();
        long before = Files.exists(log) ? Files.size(log) : 0;
        while (process.isAlive() && (!Files.exists(log) || Files.size(log) < before + 5_000)) {
          Thread.sleep(5);
        }
        process.destroyForcibly().waitFor();

        AuditTrail trail = sandbox.restart().services().audit();
        assertThat(trail.verify(Optional.empty()).problems()).isEmpty();
        trail.append(
            EventDraft.of("after" + round, EventType.BACKUP_CREATED, EventStatus.SUCCESS, "user"));
        assertThat(TrailOracle.eventIds(sandbox.home())).endsWith("after" + round);
      }
    }
  }

  @Test
  void index_readBySqlite3_hasTheDocumentedTable() throws Exception {
    try (Sandbox sandbox = Sandbox.onDisk(directory)) {
      AuditTrail trail = sandbox.services().audit();
      trail.append(
          EventDraft.of("a", EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "user")
              .withVersions("v1", "v2")
              .withDuration(Duration.ofMillis(1500))
              .withDetails(Map.of("k", "v")));
      trail.query(EventQuery.ALL.withType(EventType.UPDATE_SUCCESS));
      Path index = sandbox.home().audit().resolve("audit.db");
      assertThat(index).isNotEmptyFile();

      String row =
          output(
              "sqlite3",
              index.toString(),
              "SELECT seq, event_id, event_type, version, previous_version, scope, status,"
                  + " duration_seconds, details, error IS NULL FROM events");

      assertThat(row).isEqualTo("1|a|UPDATE_SUCCESS|v2|v1|user|success|1.5|{\"k\":\"v\"}|1\n");
    }
  }

  @Test
  void log_checkedByShellTools_isWhatTheDocumentationSays() throws Exception {
    try (Sandbox sandbox = Sandbox.onDisk(directory)) {
      AuditTrail trail = sandbox.services().audit();
      for (String id : List.of("a", "b")) {
        trail.append(EventDraft.of(id, EventType.UPDATE_START, EventStatus.SUCCESS, "user"));
      }
      String hash =
          output(
              "sh",
              "-c",
              "tail -n 1 \"$0\" | sed 's/,\"hash\":\"[0-9a-f]*\"}$/}/' | tr -d '\\n' | sha256sum",
              sandbox.home().operationsLog().toString());

      assertThat(hash).startsWith(trail.head().hash());
    }
  }

  private static String output(String... command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      Assumptions.abort(command[0] + " is not here");
      return "";
    }
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
