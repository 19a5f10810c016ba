package dev.stravinsky.release.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.error.DownloadFailedException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.testkit.ServedFile;
import dev.stravinsky.testkit.WebServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where servers lead, and who gets to know the password. */
class RedirectsTest extends Fetching {
  private static final byte[] CONTENT = content(5000, 1);
  private static final String SECRET =
      "Basic " + Base64.getEncoder().encodeToString("me:p@ss".getBytes());

  @Test
  void fetch_everyKindOfRedirect_isFollowed() throws IOException {
    server.at("/f", CONTENT);
    for (int status : List.of(301, 302, 303, 307, 308)) {
      for (String to : List.of("/f", "f", server.url("/f"), "./f#part")) {
        server.at("/r", redirect(status, to));

        assertThat(fetch("/r")).as("%d to %s", status, to).isEqualTo(CONTENT);
        Files.delete(file());
      }
    }
  }

  @Test
  void fetch_tenRedirects_areFollowedAndElevenRefused() throws IOException {
    server.at("/0", CONTENT);
    for (int n = 1; n <= 11; n++) {
      server.at("/" + n, redirect(302, "/" + (n - 1)));
    }

    assertThat(fetch("/10")).isEqualTo(CONTENT);
    Files.delete(file());
    assertThatThrownBy(() -> fetch("/11"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("more than 10");
    assertThat(nothingLeft()).isTrue();
  }

  @Test
  void fetch_circle_isRefused() {
    server.at("/a", redirect(302, "/b")).at("/b", redirect(302, "/a"));

    assertThatThrownBy(() -> fetch("/a")).isInstanceOf(RefusedException.class);
    assertThat(server.requests()).hasSize(11);
  }

  @ParameterizedTest
  @CsvSource({"file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:1", "//", "http://a b/"})
  void fetch_redirectOutOfTheWeb_isRefused(String to) {
    server.at("/r", redirect(302, to));

    assertThatThrownBy(() -> fetch("/r"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("no http or https address");
  }

  @Test
  void next_fromHttpsToHttp_isRefused() {
    URI secure = URI.create("https://example.org/a/b");

    assertThatThrownBy(() -> Requests.next(secure, "http://example.org/c"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("from https to http");
    assertThat(Requests.next(secure, "c")).isEqualTo(URI.create("https://example.org/a/c"));
    assertThat(Requests.next(secure, "//other.org/c")).isEqualTo(URI.create("https://other.org/c"));
    assertThat(Requests.next(secure, "?q=1")).isEqualTo(URI.create("https://example.org/a/b?q=1"));
    assertThat(Requests.next(URI.create("http://a/x/y?z"), "#f"))
        .isEqualTo(URI.create("http://a/x/y?z"));
    assertThat(Requests.next(URI.create("http://a/x"), "https://b/y"))
        .isEqualTo(URI.create("https://b/y"));
  }

  @Test
  void fetch_redirectWithoutAPlace_isNoFile() {
    server.at("/r", (request, answer) -> answer.head(302, 0));

    assertThatThrownBy(() -> fetch("/r"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("status 302");
  }

  @Test
  void fetch_cutBehindARedirect_isContinuedThroughIt() throws IOException {
    server.at("/f", new ServedFile(CONTENT).cutAfter(2000)).at("/r", redirect(302, "/f"));

    assertThat(fetch("/r")).isEqualTo(CONTENT);
    assertThat(server.requests().stream().map(WebServer.Request::target))
        .containsExactly("/r", "/f", "/r", "/f");
    assertThat(server.requests().getLast().header("range")).contains("bytes=2000-");
  }

  @Test
  void fetch_passwordInTheAddress_isForThatServerOnly() throws IOException {
    try (WebServer other = new WebServer()) {
      other.at("/f", CONTENT);
      server.at("/r", redirect(302, "/s")).at("/s", redirect(302, other.url("/f")));

      assertThat(fetch(server.url("/r").replace("://", "://me:p%40ss@"))).isEqualTo(CONTENT);

      assertThat(server.requests())
          .allSatisfy(r -> assertThat(r.header("authorization")).contains(SECRET));
      assertThat(other.requests().getFirst().headers()).doesNotContainKey("authorization");
    }
  }

  @Test
  void fetch_passwordInTheAddress_isInNoMessage() {
    String location = server.url("/gone").replace("://", "://me:p%40ss@");

    assertThatThrownBy(() -> fetch(location))
        .hasMessageContaining("/gone")
        .hasMessageNotContainingAny("p@ss", "p%40ss");
    server.at("/r", redirect(302, "ftp://me:p%40ss@example.org/"));
    assertThatThrownBy(() -> fetch("/r")).hasMessageNotContainingAny("p@ss", "p%40ss");
    assertThatThrownBy(() -> fetch("http://me:secret@/x")).hasMessageNotContaining("secret");
  }

  @Test
  void fetch_odd_addressesStayAsTheyAreWritten() throws IOException {
    server.at("/a%20b/%C3%A9?x=1%262&y=", CONTENT);

    assertThat(fetch("/a%20b/%C3%A9?x=1%262&y=#f")).isEqualTo(CONTENT);
    Files.delete(file());
    assertThat(fetch("/a%20b/é?x=1%262&y=")).isEqualTo(CONTENT);
  }

  private static WebServer.Page redirect(int status, String to) {
    return (request, answer) -> answer.head(status, 0, "Location: " + to);
  }
}
