package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.report.ReportPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link ReportPage} must do. */
public abstract class ReportPageContract extends BackupContract {
  private static final String HOSTILE =
      "</td><script>alert(1)</script><img src=x onerror=alert(2)>\"'&\u001b[2J\r\n\u202egpj\u2028";

  /** The least drawings of a page: the marks, the legend's four, and two charts. */
  private static final int LEAST_DRAWINGS = 7;

  private ReportPage page() {
    return sandbox.services().reportPage();
  }

  private String written() throws IOException {
    StringBuilder out = new StringBuilder();
    page().write(out);
    return out.toString();
  }

  private PageOracle read() throws IOException {
    return PageOracle.read(written()).isInert().allowsOnlyItsStyle().isConnected();
  }

  private void happened(EventType type, EventStatus status, String details) throws IOException {
    sandbox.clock().advance(Duration.ofHours(5));
    EventDraft draft =
        EventDraft.of(sandbox.environment().ids().get(), type, status, "user")
            .withVersions("v1", "v2")
            .withDuration(Duration.ofMillis(1234));
    sandbox
        .services()
        .audit()
        .append(details.isEmpty() ? draft : draft.withDetails(Map.of("checks", details)));
  }

  @Test
  void write_nothingEverHappened_saysSoAndMakesNothing() throws IOException {
    PageOracle page = read();

    assertThat(page.text("events")).contains("Nothing has happened yet.");
    assertThat(page.text("glance")).contains("untracked", "none yet").doesNotContain("look");
    assertThat(sandbox.home().directory()).doesNotExist();
  }

  @Test
  void write_muchHappened_hasAllOfIt() throws IOException {
    someFiles();
    backUp("v1");
    sandbox.write(hooks().resolve("new.sh"), "#!/bin/sh\n");
    Backup second = backUp("v2");
    happened(EventType.UPDATE_START, EventStatus.SUCCESS, "");
    happened(EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "");
    happened(EventType.UPDATE_START, EventStatus.SUCCESS, "");
    happened(EventType.UPDATE_BLOCKED, EventStatus.BLOCKED, "hooks-syntax, dependencies");
    happened(EventType.AUTO_ROLLBACK, EventStatus.ROLLED_BACK, "hooks-syntax");
    happened(EventType.UPDATE_FAILED, EventStatus.FAILED, "hooks-syntax");
    happened(EventType.MANUAL_ROLLBACK, EventStatus.SUCCESS, "");
    happened(EventType.RECOVERY_ATTEMPT, EventStatus.SUCCESS, "");
    Path theirs = sandbox.write(sandbox.root().resolve("theirs.sh"), "#!/bin/sh\n");
    sandbox
        .services()
        .conflicts()
        .setAside(new Version("v2"), hooksTarget(), EntryPath.of("mine.sh"), theirs);
    sandbox.services().holds().hold(Scope.USER, new Version("v9"), Optional.of("wait"));

    PageOracle page = read();

    assertThat(page.text("glance"))
        .contains("held: v9", "2, ", "newest v2", "one unbroken chain", "1 wait")
        .contains("1 of 2 succeeded (50 %), 1 blocked, 2 rollbacks");
    assertThat(page.text("timeline"))
        .contains("Updates1011", "Rollbacks1100", "Recoveries1000", "UPDATE_SUCCESS v1 → v2");
    assertThat(page.text("durations")).contains("UPDATE_SUCCESS11.23 s1.23 s", "the longest 1.23");
    assertThat(page.text("disk")).contains("v1", "v2", "1 backup");
    assertThat(page.text("checks")).contains("hooks-syntax2last", "dependencies1last");
    assertThat(page.text("conflicts")).contains("mine.sh");
    assertThat(page.text("backups")).contains(second.id().value(), "✓ confirmed");
    assertThat(page.text("events")).contains("UPDATE_FAILED", "rolled back", "1.23 s");
    assertThat(page.elements("svg")).hasSizeGreaterThanOrEqualTo(LEAST_DRAWINGS);
  }

  @Test
  void write_hostileText_isInert() throws IOException {
    String endless = "x".repeat(10_000);
    sandbox
        .services()
        .audit()
        .append(
            EventDraft.of(HOSTILE, EventType.UPDATE_FAILED, EventStatus.FAILED, HOSTILE)
                .withVersions(HOSTILE, "v<2>")
                .withDetails(Map.of(HOSTILE, HOSTILE, "checks", HOSTILE, "file", endless))
                .withError(HOSTILE));
    if (sandbox.isInMemory()) {
      // Names of real files have a length that the file system limits.
      String name = "a<script>\n\u001b[31m.sh";
      Path theirs = sandbox.write(sandbox.root().resolve("x"), "theirs");
      sandbox
          .services()
          .conflicts()
          .setAside(new Version("v2"), hooksTarget(), EntryPath.of(name), theirs);
    }

    PageOracle page = read();

    assertThat(page.text("events"))
        .contains("<script>alert(1)</script>", "\\u001b[2J\\u000d\\u000a\\u202egpj\\u2028")
        .contains(" characters)")
        .doesNotContain("x".repeat(1_000));
    assertThat(page.text("checks")).contains("<script>");
  }

  @Test
  void write_secrets_areNotInIt() throws IOException {
    someFiles();
    String secret = "hunter2-is-secret";
    sandbox.write(
        sandbox.claude().resolve("settings.json"),
        "{\"env\": {\"API_TOKEN\": \"%s\", \"PLAIN\": \"%s\"}}\n".formatted(secret, secret));
    backUp("v1");
    sandbox
        .services()
        .audit()
        .append(
            EventDraft.of("e", EventType.UPDATE_FAILED, EventStatus.FAILED, "user")
                .withDetails(Map.of("API_TOKEN", secret, "header", "Authorization: " + secret))
                .withError("https://joe:" + secret + "@example.org/ password=" + secret));
    sandbox.services().holds().hold(Scope.USER, new Version("v9"), Optional.of("token=" + secret));

    assertThat(written()).doesNotContain(secret).contains("***");
  }

  @Test
  void write_moreEventsThanFit_hasTheNewestAndSaysSo() throws IOException {
    TrailSeries.write(sandbox, 7, 10_300);

    PageOracle page = read();

    assertThat(page.text("events")).contains("The newest 10000 of 10300");
    assertThat(page.elements("time")).hasSizeGreaterThan(10_000);
    assertThat(page.text("glance")).contains("10300 events, one unbroken chain");
  }

  @Test
  void write_damage_isSaidAndTheRestIsShown() throws IOException {
    someFiles();
    Backup backup = backUp("v1");
    happened(EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "");
    Path manifest = backup.directory().resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"manual\"", "\"MANUAL\""));
    Files.writeString(
        sandbox.home().operationsLog(),
        Files.readString(sandbox.home().operationsLog()).replace("UPDATE_SUCCESS", "UPDATE_START"));
    sandbox.write(sandbox.home().holds(), "{");
    sandbox.restart();

    PageOracle page = read();

    assertThat(page.text("glance"))
        .contains("look: DAMAGED", "1 damaged or gone", "could not be read");
    assertThat(page.text("events")).contains("UPDATE_START");
  }

  @Test
  void save_newFile_isPrivateAndReplacedByTheNext() throws IOException {
    Path file = sandbox.userHome().resolve("page.html");
    page().save(file, false);
    String first = Files.readString(file);
    happened(EventType.UPDATE_SUCCESS, EventStatus.SUCCESS, "");

    page().save(file, false);

    assertThat(Files.readString(file)).isNotEqualTo(first).contains("UPDATE_SUCCESS");
    assertThat(FileModes.of(file)).isEqualTo(0600);
    assertThat(PageOracle.read(first).text("events")).contains("Nothing");
  }

  @Test
  void save_anotherFileIsThere_isRefusedUnlessItMayBeReplaced() throws IOException {
    Path file = sandbox.write(sandbox.userHome().resolve("thesis.html"), "<html>mine</html>");

    assertThatThrownBy(() -> page().save(file, false))
        .isInstanceOfSatisfying(
            RefusedException.class,
            e ->
                assertThat(List.copyOf(e.problems()))
                    .singleElement()
                    .satisfies(p -> assertThat(p.file()).contains(file)));
    assertThat(file).hasContent("<html>mine</html>");
    page().save(file, true);
    assertThat(Files.readString(file)).contains("Nothing has happened yet.");
  }
}
