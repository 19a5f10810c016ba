package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The same secrets and the same hostile names in all that somebody can bring into an update: a
 * release, an address, a check, receivers of notifications.
 */
final class Tainted {
  private static final String ENV = "envvalue-4e1f9c7a";
  private static final String HEADER = "headervalue-77aa31";
  private static final String TOKEN = "ghp_0123456789abcdefghijABCDEFGHIJ012345";
  private static final String MESSAGE = "messagevalue-90cd12";
  private static final String IN_ADDRESS = "addressvalue-5b5b5b";
  private static final String HOOK_ADDRESS = "webhookvalue-c0ffee";
  private static final String WORD = "wordvalue-1a2b3c";
  static final List<String> SECRETS =
      List.of(ENV, HEADER, TOKEN, MESSAGE, IN_ADDRESS, HOOK_ADDRESS, WORD);

  static final String SCRIPT = "<script>alert(1)<script>.md";
  static final String FORMULA = "=cmd|'calc'!A0.md";
  private static final String ESCAPE = "red\u001b[31m\u001b]0;owned\u0007\nnext\u202egpj.sh";
  private static final String LONG = "x".repeat(10_000);

  /** What a terminal obeys, and what turns the direction of text. */
  private static final Pattern OBEYED =
      Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");

  private Tainted() {}

  static Path release(Path folder, String edition) throws IOException {
    User.soundRelease(folder, edition);
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

  /** Of a release that nobody serves. */
  static String address() {
    return "http://joe:" + IN_ADDRESS + "@127.0.0.1:1/r.tar.gz?token=" + IN_ADDRESS;
  }

  /** A configuration by which a web server and a program are told of what happens. */
  static String config(WebhookReceiver receiver, Path program) {
    return """
        {"notify": [
          {"type": "webhook", "url": "%s/services/%s"},
          {"type": "command", "command": ["%s", "--token", "%s"]}]}
        """
        .formatted(receiver.address(), HOOK_ADDRESS, program, WORD);
  }

  /** A check: what it says after the swap has everything in it that should not get anywhere. */
  static String check(User user) {
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

  /** That a text has neither a secret nor anything that a terminal obeys. */
  static void assertHarmless(String what, String text) {
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
}
