package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.testkit.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged {@code audit log --follow} tells of what this process, another one, appends. */
@Timeout(120)
class FollowTest {
  private static final int FAILED = 1;
  private static final int TERMINATED = 143;
  private static final Pattern ID = Pattern.compile("\"event_id\" ?: ?\"([^\"]*)\"");

  @TempDir Path temporary;

  private Sandbox sandbox;
  private User user;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.onDisk(Files.createDirectory(temporary.resolve("sandbox")));
    user = new User(sandbox.userHome());
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  private AuditTrail trail() {
    return sandbox.services().audit();
  }

  private static EventDraft event(String id) {
    return EventDraft.of(id, EventType.CONFIG_CHANGED, EventStatus.SUCCESS, "user");
  }

  private void append(String id) throws IOException {
    trail().append(event(id));
  }

  private ProcessBuilder following(String... options) {
    List<String> words =
        new ArrayList<>(List.of(Distribution.launcher().toString(), "audit", "log", "--follow"));
    words.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(words).redirectInput(Path.of("/dev/null").toFile());
    builder.environment().clear();
    builder.environment().putAll(user.variables());
    return builder;
  }

  /** Where it never comes the test's time limit ends this. */
  private static void awaitIn(Path file, String text) throws Exception {
    while (!Files.readString(file).contains(text)) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  @Test
  void follow_anotherProcessAppends_tellsEachEventOnceAsItIsWritten() throws Exception {
    append("before");
    Path out = temporary.resolve("out");
    Path err = temporary.resolve("err");
    Process follower =
        following("--json").redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    try {
      awaitIn(out, "\"before\"");
      append("one");
      awaitIn(out, "\"one\"");
      leaveTornLine();
      append("behind the torn line");
      awaitIn(out, "\"behind the torn line\"");
      rotate();
      awaitIn(out, "\"behind the rotation\"");
      trail().append(event("hostile \u001b[2J").withVersion("v\n<script>"));
      awaitIn(out, "hostile");
      append("last");
      awaitIn(out, "\"last\"");

      // An interrupt would be ignored where a script has started all this in the background.
      new ProcessBuilder("kill", "-TERM", Long.toString(follower.pid())).start().waitFor();

      assertThat(follower.waitFor()).isEqualTo(TERMINATED);
    } finally {
      follower.destroyForcibly();
    }
    String told = Files.readString(out);
    assertThat(ID.matcher(told).results().map(found -> found.group(1)))
        .containsExactly(
            "before",
            "one",
            "behind the torn line",
            "large",
            "behind the rotation",
            "hostile \\u001B[2J",
            "last");
    assertThat(told.lines().filter(line -> line.startsWith("{\"seq\":"))).hasSize(6);
    assertThat(err).isEmptyFile();
    assertStatusKnowsTheDiskUse();
    assertThat(trail().verify(Optional.empty()).problems()).isEmpty();
  }

  private void assertStatusKnowsTheDiskUse() throws Exception {
    Run run = user.types("status", "--json");
    long bytes = 0;
    try (Stream<Path> files = Files.walk(sandbox.home().directory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    assertThat(run.out()).contains("\"total_bytes\" : " + bytes + ",", "\"unread\" : 0");
  }

  /** As a crash in the middle of a write leaves one. */
  private void leaveTornLine() throws IOException {
    Files.writeString(
        sandbox.home().operationsLog(),
        "{\"seq\":3,\"event_id\":\"half",
        StandardCharsets.UTF_8,
        StandardOpenOption.APPEND);
  }

  /** Appends more than a part of the log may have, and then one event more. */
  private void rotate() throws IOException {
    sandbox.settings("{\"audit\": {\"log_rotation_size_mb\": 1}}");
    sandbox.restart();
    Map<String, String> details = new HashMap<>();
    for (int i = 0; i < 80; i++) {
      details.put("note" + i, "x".repeat(16_000));
    }
    trail().append(event("large").withDetails(details));
    append("behind the rotation");
    assertThat(sandbox.home().audit().resolve("archive")).isDirectoryContaining("glob:**.log.gz");
  }

  @Test
  void follow_nobodyReadsAnyMore_ends() throws Exception {
    append("before");
    Process follower =
        following("--type", "CONFIG_CHANGED")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      BufferedReader reader = follower.inputReader(StandardCharsets.UTF_8);
      String line = reader.readLine();
      while (!line.startsWith("One in full")) {
        line = reader.readLine();
      }
      trail().append(EventDraft.of("other", EventType.HOLD_CHANGED, EventStatus.SUCCESS, "user"));
      append("read");
      assertThat(reader.readLine()).contains("CONFIG_CHANGED").contains("3  ");
      reader.close();

      append("unread");

      assertThat(follower.waitFor()).isEqualTo(FAILED);
    } finally {
      follower.destroyForcibly();
    }
  }
}
