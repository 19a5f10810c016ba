package dev.stravinsky.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people are told to type, as a shell takes it. */
class ShellWordTest {

  @Test
  void of_plainWords_areAsTheyAre() {
    for (String plain : List.of("/home/a/x-1.tar.gz", "https://example.org:8443/a", "v1.2+a@2")) {
      assertThat(ShellWord.of(plain)).isEqualTo(plain);
    }
  }

  @Test
  void of_anyWord_isOneWordForAShell() throws Exception {
    for (String word :
        List.of(
            "/home/a b/x",
            "https://example.org/a;touch$IFS'x'",
            "$(reboot)`reboot`",
            "~/x",
            "-rf",
            "a\nb",
            "*?[a]{b,c}",
            "!#&|<>\"\\")) {
      assertThat(saidByAShell("printf %s " + ShellWord.of(word))).as(word).isEqualTo(word);
    }
  }

  @Test
  void version_thatAShellWouldObey_isNone() {
    for (String obeyed : "$&'();`|<>\"*?\\ ".split("")) {
      assertThat(Version.isValid("v1" + obeyed + "x")).as(obeyed).isFalse();
    }
    assertThat(Version.isValid("-n")).isFalse();
    assertThat(Version.isValid("v1.0-rc+2~b=c")).isTrue();
  }

  private static String saidByAShell(String command) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).isZero();
    return said;
  }
}
