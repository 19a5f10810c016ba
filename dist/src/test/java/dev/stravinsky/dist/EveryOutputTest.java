package dev.stravinsky.dist;

import static dev.stravinsky.dist.Tainted.assertHarmless;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same secrets and the same hostile names go through real updates, one of which is rolled back,
 * and then everything that the packaged program says of them anywhere is looked at.
 */
@Timeout(300)
class EveryOutputTest {
  private static final int FAILED = 1;
  private static final int ROLLED_BACK = 3;

  @TempDir Path temporary;

  private WebhookReceiver receiver;
  private User user;

  @BeforeEach
  void receive() throws IOException {
    receiver = new WebhookReceiver();
    user = new User(temporary.resolve("home"));
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  @Test
  void everyOutput_secretsAndHostileNamesInAnUpdate_areNowhere() throws Exception {
    notifyTwice();
    happen();

    Run all = types(commands());
    assertHarmless("the output", all.out());
    assertHarmless("standard error", all.err());
    assertThat(all.err()).doesNotContain("\tat ");
    assertThat(all.out())
        .contains("\"X-Team\": \"***\"", "red%1B%5B31m", Tainted.SCRIPT, Tainted.FORMULA);
    assertSpreadsheetComputesNothing(user.types("audit", "export", "--format", "csv").out());
    assertPagesAreInert();
    assertReceiversWereTold();
    assertNothingIsKept();
  }

  private static List<String> commands() {
    return List.of(
        "status",
        "status --json",
        "check --explain",
        "check --json",
        "plugin list",
        "backup list --json",
        "backup show v1",
        "backup diff v1 v2",
        "backup verify",
        "backup verify --json",
        "rollback list",
        "rollback show v1",
        "rollback to v1 --dry-run --json",
        "conflict list",
        "conflict list --json",
        "recovery emergency",
        "audit log --limit 0 --json",
        "audit export",
        "audit log",
        "audit show 1",
        "audit stats",
        "audit stats --format json",
        "audit stats --format prometheus",
        "config show",
        "config show --json",
        "config get notify");
  }

  /** One after the other in one process of the packaged program, which is quicker. */
  private Run types(List<String> commands) throws Exception {
    List<Object> words = new ArrayList<>();
    words.add("@" + Distribution.HOME.resolve("lib/jvm.options"));
    words.add("-Dstravinsky.installation=" + Distribution.HOME);
    words.add("-Dorg.sqlite.lib.path=" + Distribution.HOME.resolve("lib/native"));
    words.addAll(List.of("--module-path", Distribution.HOME.resolve("lib")));
    words.addAll(List.of("--module", "dev.stravinsky.cli/dev.stravinsky.cli.Rehearsal"));
    words.addAll(List.of(String.join(" -- ", commands).split(" ")));
    Path java = Distribution.HOME.resolve("runtime/bin/java");
    return Run.of(user.variables(), java, words.toArray());
  }

  private void notifyTwice() throws IOException {
    Path program =
        User.write(
            user.home().resolve("tell.sh"),
            "#!/bin/sh\n{ cat; echo \"$STRAVINSKY_NOTIFICATION\"; } >> \"$HOME/told\"\n");
    User.write(user.rollbackHome().resolve("config.json"), Tainted.config(receiver, program));
  }

  /** An update, one with a conflict, one that is rolled back, one that fails, and damage. */
  private void happen() throws Exception {
    assertEnds(0, user.updates(release("one"), "v1"));
    User.write(user.claude().resolve("commands").resolve(Tainted.FORMULA), "mine\n");
    assertEnds(0, user.updates(release("two"), "v2"));
    Path check =
        User.write(user.home().resolve(".stravinsky/checks.d/spy.sh"), Tainted.check(user));
    assertEnds(ROLLED_BACK, user.updates(release("three"), "v3"));
    Files.delete(check);
    assertEnds(FAILED, user.types("--debug", "update", Tainted.address(), "--version", "v4"));
    Damage.flipInTheMiddle(user.backups().resolve("v1/hooks.tar.gz"));
  }

  private void assertEnds(int status, Run run) {
    assertThat(run.status()).as(run.toString()).isEqualTo(status);
    assertHarmless("update", run.out());
    assertHarmless("update", run.err().replaceAll("(?m)^\tat .*|\t", ""));
  }

  private Path release(String edition) throws IOException {
    return Tainted.release(temporary.resolve(edition), edition);
  }

  private static void assertSpreadsheetComputesNothing(String csv) {
    assertHarmless("CSV", csv.replace("\r\n", "\n"));
    List<String> cells =
        Pattern.compile("(?<=^|,|\\n)(?:\"(?:[^\"]|\"\")*\"|[^,\"\\r\\n]*)")
            .matcher(csv)
            .results()
            .map(found -> found.group().replaceAll("^\"|\"$", ""))
            .toList();
    assertThat(cells)
        .hasSizeGreaterThan(100)
        .noneMatch(cell -> cell.matches("(?s)[=+@|%\\-\\t].*"));
  }

  private void assertPagesAreInert() throws Exception {
    Path file = temporary.resolve("report.html");
    assertThat(user.types("report", "-o", file).status()).isZero();
    assertInert(Files.readString(file));
    try (ServedReport served = new ServedReport(user, temporary.resolve("served"))) {
      assertInert(served.page());
    }
  }

  private static void assertInert(String page) {
    assertHarmless("the page", page);
    assertThat(page).contains("&lt;script").doesNotContain("<script>alert");
  }

  private void assertReceiversWereTold() throws IOException {
    assertThat(receiver.posted())
        .isNotEmpty()
        .allSatisfy(post -> assertThat(post).contains("AUTO_ROLLBACK"));
    receiver.posted().forEach(post -> assertHarmless("the webhook", post));
    String told = Files.readString(user.home().resolve("told"));
    assertThat(told).contains("AUTO_ROLLBACK");
    assertHarmless("the command", told);
  }

  /** Beside the files themselves, and where the receivers are, nothing has kept a secret. */
  private void assertNothingIsKept() throws IOException {
    List<Path> looked = new ArrayList<>();
    try (Stream<Path> files = Files.walk(user.rollbackHome())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = user.rollbackHome().relativize(file).toString();
        if (!name.matches(
            "config\\.json|backups/.*settings\\.json|(releases|recovery/conflicts)/.*")) {
          looked.add(file);
          String text = Files.readString(file, StandardCharsets.ISO_8859_1);
          assertThat(Tainted.SECRETS).as(name).noneMatch(text::contains);
        }
      }
    }
    assertThat(looked).anyMatch(file -> file.endsWith("audit/operations.log"));
  }
}
