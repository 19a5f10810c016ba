package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.report.Notifications;
import dev.stravinsky.spi.Notification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every {@link Notifications} must do. A hang fails by the time limit. */
@Timeout(60)
public abstract class NotificationsContract extends SandboxTest {
  @TempDir Path outside;

  private static Notification notification(String summary) {
    return new Notification(
        "AUTO_ROLLBACK",
        true,
        summary,
        Optional.of("stravinsky status"),
        "sandbox",
        dev.stravinsky.testkit.SandboxClock.START);
  }

  /** Sends and ends the command. */
  private void send(String summary) throws IOException {
    sandbox.services().notifications().send(notification(summary));
    sandbox.restart();
  }

  private List<AuditEvent> failures() throws IOException {
    return sandbox.services().audit().query(EventQuery.ALL.withType(EventType.NOTIFICATION_FAILED));
  }

  private void webhook(String url) throws IOException {
    sandbox.settings("{\"notify\": [{\"type\": \"webhook\", \"url\": \"" + url + "\"}]}");
  }

  private void command(String... words) throws IOException {
    String list = "\"" + String.join("\", \"", words) + "\"";
    sandbox.settings("{\"notify\": [{\"type\": \"command\", \"command\": [" + list + "]}]}");
  }

  @Test
  void send_nobodyToTell_doesNothing() throws IOException {
    send("x");

    assertThat(failures()).isEmpty();
    assertThat(sandbox.home().audit()).doesNotExist();
  }

  @Test
  void send_webhook_postsJsonWithoutSecrets() throws IOException {
    try (WebhookReceiver receiver = new WebhookReceiver(200)) {
      webhook(receiver.url());

      send("v2 was \"rolled back\"; password=hunter2");

      assertThat(receiver.bodies()).hasSize(1);
      assertThat(receiver.bodies().getFirst())
          .contains("\"format\":1")
          .contains("\"event\":\"AUTO_ROLLBACK\"")
          .contains("\"critical\":true")
          .contains("\"summary\":\"v2 was \\\"rolled back\\\"; password=***\"")
          .contains("\"next_command\":\"stravinsky status\"")
          .contains("\"hostname\":\"sandbox\"")
          .contains("\"timestamp\":\"2026-01-08T12:00:00Z\"")
          .contains("\"text\":\"Stravinsky on sandbox, CRITICAL: v2 was")
          .doesNotContain("hunter2");
      assertThat(failures()).isEmpty();
    }
  }

  @Test
  void send_receiverFailsAtFirst_isToldAgain() throws IOException {
    try (WebhookReceiver receiver = new WebhookReceiver(500, 503, 204)) {
      webhook(receiver.url());

      send("x");

      assertThat(receiver.bodies()).hasSize(3);
      assertThat(failures()).isEmpty();
    }
  }

  @Test
  void send_receiverRefuses_isToldOnceAndTheTrailKnows() throws IOException {
    try (WebhookReceiver receiver = new WebhookReceiver(404)) {
      webhook(receiver.url());

      send("x");

      assertThat(receiver.bodies()).hasSize(1);
      assertFailed("404");
      assertThat(Files.readString(sandbox.home().operationsLog())).doesNotContain("topsecret");
    }
  }

  @Test
  void send_receiverRedirects_isNotFollowed() throws IOException {
    try (WebhookReceiver receiver = new WebhookReceiver(302)) {
      webhook(receiver.url());

      send("x");

      assertThat(receiver.bodies()).hasSize(1);
      assertFailed("302");
    }
  }

  @Test
  void send_receiverIsSilent_letsTheCommandEnd() throws IOException {
    try (WebhookReceiver receiver = new WebhookReceiver(WebhookReceiver.SILENCE)) {
      webhook(receiver.url());

      send("x");

      assertThat(receiver.bodies()).isNotEmpty();
      assertThat(failures()).hasSize(1);
    }
  }

  @Test
  void send_nobodyListens_isInTheTrail() throws IOException {
    String url;
    try (WebhookReceiver receiver = new WebhookReceiver(200)) {
      url = receiver.url();
    }
    webhook(url);

    send("x");

    assertThat(failures()).hasSize(1);
  }

  @Test
  void send_command_getsJsonAndText() throws IOException {
    Path told = outside.resolve("told");
    command("sh", "-c", "{ cat; echo $STRAVINSKY_NOTIFICATION; } > " + told);

    send("v2 was rolled back");

    assertThat(Files.readAllLines(told))
        .satisfiesExactly(
            json -> assertThat(json).startsWith("{\"format\":1,\"event\":\"AUTO_ROLLBACK\""),
            text ->
                assertThat(text)
                    .isEqualTo(
                        "Stravinsky on sandbox, CRITICAL: v2 was rolled back (next: stravinsky status)"));
    assertThat(failures()).isEmpty();
  }

  @Test
  void send_commandFails_isTriedAgainAndInTheTrail() throws IOException {
    Path tries = outside.resolve("tries");
    command("sh", "-c", "echo x >> " + tries + "; exit 3");

    send("x");

    assertThat(Files.readAllLines(tries)).hasSize(3);
    assertFailed("status 3");
  }

  @Test
  void send_commandHangsOrIsMissing_letsTheCommandEnd() throws IOException {
    sandbox.settings(
        "{\"notify\": [{\"type\": \"command\", \"command\": [\"sh\", \"-c\", \"sleep 600\"]},"
            + " {\"type\": \"command\", \"command\": [\"no-such-command-anywhere\"]}]}");

    send("x");

    assertThat(failures()).hasSize(2);
  }

  @Test
  void send_settingsAreBroken_throwsNothing() throws IOException {
    sandbox.settings("{");

    send("x");

    assertThat(sandbox.home().audit()).doesNotExist();
  }

  private void assertFailed(String why) throws IOException {
    assertThat(failures())
        .singleElement()
        .satisfies(event -> assertThat(event.content().error().orElse("")).contains(why))
        .satisfies(
            event -> assertThat(event.content().details()).containsEntry("about", "AUTO_ROLLBACK"));
  }
}
