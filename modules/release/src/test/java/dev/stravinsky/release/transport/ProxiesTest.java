package dev.stravinsky.release.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.error.DownloadFailedException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.testkit.WebServer;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The variables http_proxy, https_proxy, all_proxy and no_proxy. */
class ProxiesTest extends Fetching {
  private static final byte[] CONTENT = content(100, 1);
  private static final String PLACE = "http://releases.invalid/f";

  @Test
  void fetch_httpProxy_isAskedForTheWholeAddress() throws IOException {
    server.at(PLACE, CONTENT);
    sandbox.withVariable("http_proxy", "http://me:p%40ss@127.0.0.1:" + server.port());

    assertThat(fetch(PLACE)).isEqualTo(CONTENT);

    WebServer.Request request = server.requests().getFirst();
    assertThat(request.target()).isEqualTo(PLACE);
    assertThat(request.header("proxy-authorization"))
        .contains("Basic " + Base64.getEncoder().encodeToString("me:p@ss".getBytes()));
  }

  @Test
  void fetch_httpsThroughAProxy_asksForATunnel() throws IOException {
    server.at("releases.invalid:443", (request, answer) -> answer.head(407, 0));
    sandbox.withVariable("HTTPS_PROXY", "127.0.0.1:" + server.port());

    assertThatThrownBy(() -> fetch("https://releases.invalid/f"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("407");

    assertThat(server.requests().getFirst().method()).isEqualTo("CONNECT");
    assertThat(server.requests().getFirst().target()).isEqualTo("releases.invalid:443");
  }

  @Test
  void fetch_excepted_goesDirectly() throws IOException {
    server.at("/f", CONTENT);
    sandbox.withVariable("http_proxy", "http://proxy.invalid:3128");
    sandbox.withVariable("no_proxy", "example.org, 127.0.0.1:" + server.port());

    assertThat(fetch("/f")).isEqualTo(CONTENT);
  }

  @Test
  void fetch_proxyThatCannotBeUsed_isAnError() throws IOException {
    for (String proxy :
        List.of("socks5://127.0.0.1:1080", "https://127.0.0.1:1", "http://", "a b")) {
      sandbox.withVariable("http_proxy", proxy);

      assertThatThrownBy(() -> fetch("/f"))
          .as(proxy)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("http_proxy");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void fetch_proxyDoesNotAnswer_isNamed() throws IOException {
    sandbox.withVariable("http_proxy", "http://me:secret@127.0.0.1:1");

    assertThatThrownBy(() -> fetch(PLACE))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("127.0.0.1:1")
        .hasMessageNotContaining("secret");
  }

  @ParameterizedTest
  @CsvSource({
    "http://a/, http_proxy, true",
    "http://a/, HTTP_PROXY, false",
    "http://a/, https_proxy, false",
    "http://a/, all_proxy, true",
    "http://a/, ALL_PROXY, true",
    "https://a/, http_proxy, false",
    "https://a/, https_proxy, true",
    "https://a/, HTTPS_PROXY, true",
    "https://a/, all_proxy, true",
  })
  void shown_variable_countsForItsScheme(String place, String variable, boolean used) {
    Proxies proxies = new Proxies(Map.of(variable, "p:1"));

    assertThat(proxies.shown(URI.create(place)).isPresent()).isEqualTo(used);
  }

  @Test
  void shown_severalVariables_smallLettersAndTheOwnSchemeComeFirst() {
    URI place = URI.create("https://a/");

    assertThat(
            new Proxies(Map.of("https_proxy", "s:1", "HTTPS_PROXY", "b:2", "all_proxy", "c:3"))
                .shown(place))
        .contains("s:1");
    assertThat(new Proxies(Map.of("all_proxy", "c", "http_proxy", "h:1")).shown(place))
        .contains("c:1080");
    // Set and empty is the way to have none.
    assertThat(new Proxies(Map.of("https_proxy", "", "all_proxy", "c:3")).shown(place)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "example.org | http://example.org/ | true",
        "EXAMPLE.org | http://Example.ORG/ | true",
        "example.org | http://www.example.org/ | true",
        ".example.org | http://www.example.org/ | true",
        ".example.org | http://example.org/ | true",
        "*.example.org | http://www.example.org/ | true",
        "example.org | http://badexample.org/ | false",
        "www.example.org | http://example.org/ | false",
        "a.org b.org | http://b.org/ | true",
        "a.org,,  b.org | http://b.org/ | true",
        "* | http://anything/ | true",
        "example.org:8080 | http://example.org:8080/ | true",
        "example.org:8080 | http://example.org/ | false",
        "example.org:80 | http://example.org/ | true",
        "example.org:443 | https://example.org/ | true",
        "127.0.0.1 | http://127.0.0.1:9/ | true",
        "::1 | http://[::1]:9/ | true",
        "[::1] | http://[::1]/ | true",
        "[::1]:9 | http://[::1]:9/ | true",
        "[::1]:9 | http://[::1]/ | false",
        "'' | http://example.org/ | false",
      })
  void shown_exception_isReadAsCurlReadsIt(String list, String place, boolean excepted) {
    URI uri = URI.create(place);

    for (String name : List.of("no_proxy", "NO_PROXY")) {
      assertThat(new Proxies(Map.of("all_proxy", "p:1", name, list)).shown(uri).isEmpty())
          .isEqualTo(excepted);
    }
  }

  @Test
  void fetch_proxyWithoutTheFile_isNotFoundThere() throws IOException {
    sandbox.withVariable("http_proxy", "http://127.0.0.1:" + server.port());

    assertThatThrownBy(() -> fetch(PLACE)).hasMessageContaining(PLACE);
  }
}
