package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
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
  private static final String ENV = "envvalue-4e1f9c7a";
  private static final String HEADER = "headervalue-77aa31";
  private static final String TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
  private static final String MESSAGE = "messagevalue-90cd12";
  private static final String ADDRESS = "addressvalue-5b5b5b";
  private static final String HOOK_ADDRESS = "webhookvalue-c0ffee";
  private static final String WORD = "wordvalue-1a2b3c";
  private static final List<String> SECRETS =
      List.of(ENV, HEADER, TOKEN, MESSAGE, ADDRESS, HOOK_ADDRESS, WORD);

  private static final String SCRIPT = "<script>alert(1)<script>.md";
  private static final String ESCAPE = "red\u001b[31m\u001b]0;owned\u0007\nnext\u202egpj.sh";
  private static final String FORMULA = "=cmd|'calc'!A0.md";
  private static final String LONG = "x".repeat(10_000);

  /** What a terminal obeys, and what turns the direction of text. */
  private static final Pattern OBEYED =
      Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");

  private static final int FAILED = 1;
  private static final int ROLLED_BACK = 3;

  @TempDir Path temporary;

  private final List<String> posted = new CopyOnWriteArrayList<>();
  private HttpServer receiver;
  private User user;

  @BeforeEach
  void receive() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          posted.add(
              exchange.getRequestHeaders().entrySet()
                  + "\n"
                  + new String(body, StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    receiver.start();
    user = new User(temporary.resolve("home"));
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  @Test
  void everyOutput_secretsAndHostileNamesInAnUpdate_areNowhere() throws Exception {
    notifyTwice();
    happen();

    Run all = types(commands());
    assertHarmless("the output", all.out());
    assertHarmless("standard error", all.err());
    assertThat(all.err()).doesNotContain("\tat ");
    assertThat(all.out()).contains("\"X-Team\": \"***\"", "red%1B%5B31m", SCRIPT, FORMULA);
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
    User.write(
        user.home().resolve("tell.sh"),
        "#!/bin/sh\n{ cat; echo \"$STRAVINSKY_NOTIFICATION\"; } >> \"$HOME/told\"\n");
    User.write(
        user.rollbackHome().resolve("config.json"),
        """
        {"notify": [
          {"type": "webhook", "url": "http://127.0.0.1:%d/services/%s"},
          {"type": "command", "command": ["%s", "--token", "%s"]}]}
        """
            .formatted(
                receiver.getAddress().getPort(),
                HOOK_ADDRESS,
                user.home().resolve("tell.sh"),
                WORD));
  }

  /** An update, one with a conflict, one that is rolled back, one that fails, and damage. */
  private void happen() throws Exception {
    assertEnds(0, user.updates(release("one"), "v1"));
    User.write(user.claude().resolve("commands").resolve(FORMULA), "mine\n");
    assertEnds(0, user.updates(release("two"), "v2"));
    Path check = User.write(user.home().resolve(".stravinsky/checks.d/spy.sh"), spy());
    assertEnds(ROLLED_BACK, user.updates(release("three"), "v3"));
    Files.delete(check);
    String address = "http://joe:" + ADDRESS + "@127.0.0.1:1/r.tar.gz?token=" + ADDRESS;
    assertEnds(FAILED, user.types("--debug", "update", address, "--version", "v4"));
    Path archive = user.backups().resolve("v1/hooks.tar.gz");
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 2] ^= 1;
    Files.write(archive, bytes);
  }

  private void assertEnds(int status, Run run) {
    assertThat(run.status()).as(run.toString()).isEqualTo(status);
    assertHarmless("update", run.out());
    assertHarmless("update", run.err().replaceAll("(?m)^\tat .*|\t", ""));
  }

  private Path release(String edition) throws IOException {
    Path folder = User.soundRelease(temporary.resolve(edition), edition);
    User.write(folder.resolve("hooks").resolve(ESCAPE), "#!/bin/sh\n# " + edition + "\nexit 0\n");
    User.write(folder.resolve("hooks").resolve(SCRIPT), edition + " " + LONG + "\n");
    User.write(folder.resolve("hooks/fetch.sh"), "#!/bin/sh\n# " + edition + "\nT=" + TOKEN + "\n");
    User.write(folder.resolve("commands").resolve(FORMULA), edition + "\n");
    User.write(
        folder.resolve("settings.json"),
        """
        {
          "env": {"PLAIN": "%1$s", "EDITION": "%1$s-%3$s"},
          "hooks": {
            "PostToolUse": [
              {
                "matcher": "Edit",
                "hooks": [
                  {"type": "http", "url": "https://example.org/%3$s",
                    "timeout": %4$d, "headers": {"X-Team": "%2$s-%3$s", "Authorization": "%2$s"}}
                ]
              }
            ]
          }
        }
        """
            .formatted(ENV, HEADER, edition, edition.length()));
    return folder;
  }

  /** What it says after the swap has everything in it that should not get anywhere. */
  private String spy() {
    String said =
        "broken <script>alert(2)</script> \\u001b[2J password="
            + MESSAGE
            + " "
            + LONG.substring(0, 900);
    return """
        #!/bin/sh
        [ "$CHECK_PHASE" = POST_UPDATE ] || exit 0
        cat << 'END'
        {"severity":"BLOCK","kind":"PARSE_ERROR","message":"%s","file":"%s","line":1}
        END
        """
        .formatted(said, user.claude().resolve("hooks").resolve(SCRIPT));
  }

  private static void assertHarmless(String what, String text) {
    for (String secret : SECRETS) {
      assertThat(text.contains(secret)).as("%s shows %s:%n%s", what, secret, text).isFalse();
    }
    assertThat(
            OBEYED
                .matcher(text)
                .results()
                .map(found -> Integer.toHexString(found.group().charAt(0))))
        .as("%s has characters that are obeyed", what)
        .isEmpty();
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
    Path out = temporary.resolve("served");
    ProcessBuilder builder =
        new ProcessBuilder(Distribution.launcher().toString(), "report", "--serve")
            .redirectOutput(out.toFile());
    builder.environment().clear();
    builder.environment().putAll(user.variables());
    Process serving = builder.start();
    try {
      Pattern address = Pattern.compile("http://\\S+");
      while (serving.isAlive() && !address.matcher(Files.readString(out)).find()) {
        Thread.sleep(20);
      }
      var found = address.matcher(Files.readString(out));
      assertThat(found.find()).isTrue();
      try (HttpClient client = HttpClient.newHttpClient()) {
        assertInert(
            client
                .send(
                    HttpRequest.newBuilder(URI.create(found.group())).build(),
                    HttpResponse.BodyHandlers.ofString())
                .body());
      }
    } finally {
      serving.destroyForcibly();
    }
  }

  private static void assertInert(String page) {
    assertHarmless("the page", page);
    assertThat(page).contains("&lt;script").doesNotContain("<script>alert");
  }

  private void assertReceiversWereTold() throws IOException {
    assertThat(posted).isNotEmpty().allSatisfy(post -> assertThat(post).contains("AUTO_ROLLBACK"));
    posted.forEach(post -> assertHarmless("the webhook", post));
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
          assertThat(SECRETS).as(name).noneMatch(text::contains);
        }
      }
    }
    assertThat(looked).anyMatch(file -> file.endsWith("audit/operations.log"));
  }
}
