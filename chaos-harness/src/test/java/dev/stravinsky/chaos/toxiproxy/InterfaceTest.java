package dev.stravinsky.chaos.toxiproxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every path, method, status code and error body, as they go over the wire. */
class InterfaceTest {
  private static final String PROXY =
      """
      {"name": "p", "listen": "127.0.0.1:0", "upstream": "127.0.0.1:9"}
      """;

  private ToxiproxyServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    server = ToxiproxyServer.start("127.0.0.1", 0, 1);
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
  }

  private HttpResponse<String> ask(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.address().getPort() + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    return JsonMapper.shared().readTree(answer.body());
  }

  private void assertRefused(HttpResponse<String> answer, int status, String words) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(json(answer).get("status").intValue()).isEqualTo(status);
    assertThat(json(answer).get("error").stringValue()).startsWith(words);
  }

  @Test
  void version_get_isJson() throws Exception {
    assertThat(json(ask("GET", "/version", "")).get("version").stringValue()).startsWith("2.");
  }

  @Test
  void proxies_created_is201WithAllOfIt() throws Exception {
    HttpResponse<String> created = ask("POST", "/proxies", PROXY);
    assertThat(created.statusCode()).isEqualTo(201);
    JsonNode proxy = json(created);
    assertThat(proxy.get("name").stringValue()).isEqualTo("p");
    assertThat(proxy.get("enabled").booleanValue()).isTrue();
    assertThat(proxy.get("toxics").size()).isZero();
    assertThat(json(ask("GET", "/proxies", "")).get("p")).isEqualTo(proxy);
    assertThat(json(ask("GET", "/proxies/p", ""))).isEqualTo(proxy);
  }

  @Test
  void proxies_createdDisabled_doesNotListen() throws Exception {
    JsonNode proxy = json(ask("POST", "/proxies", PROXY.replace("{", "{\"enabled\": false, ")));
    assertThat(proxy.get("enabled").booleanValue()).isFalse();
    assertThat(proxy.get("listen").stringValue()).isEqualTo("127.0.0.1:0");
  }

  @Test
  void proxies_wrongBodies_areRefused() throws Exception {
    assertRefused(ask("POST", "/proxies", ""), 400, "bad request body: ");
    assertRefused(ask("POST", "/proxies", "{"), 400, "bad request body: ");
    assertRefused(ask("POST", "/proxies", "[]"), 400, "bad request body: ");
    assertRefused(ask("POST", "/proxies", "{\"name\": 1}"), 400, "bad request body: ");
    assertRefused(ask("POST", "/proxies", "{}"), 400, "missing required field: name");
    assertRefused(
        ask("POST", "/proxies", "{\"name\": \"p\"}"), 400, "missing required field: upstream");
    ask("POST", "/proxies", PROXY);
    assertRefused(ask("POST", "/proxies", PROXY), 409, "proxy already exists");
  }

  @Test
  void proxies_portInUse_is500AndNothingIsMade() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      String body = PROXY.replace("127.0.0.1:0", "127.0.0.1:" + taken.getLocalPort());
      assertRefused(ask("POST", "/proxies", body), 500, "listen tcp 127.0.0.1:");
    }
    assertRefused(
        ask("POST", "/proxies", PROXY.replace("127.0.0.1:0", "nonsense")), 500, "listen tcp");
    assertThat(json(ask("GET", "/proxies", "")).size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"POST", "PATCH"})
  void proxy_updated_keepsWhatIsNotGiven(String method) throws Exception {
    ask("POST", "/proxies", PROXY);
    JsonNode off = json(ask(method, "/proxies/p", "{\"enabled\": false}"));
    assertThat(off.get("enabled").booleanValue()).isFalse();
    assertThat(off.get("upstream").stringValue()).isEqualTo("127.0.0.1:9");
    JsonNode other = json(ask(method, "/proxies/p", "{\"upstream\": \"127.0.0.1:10\"}"));
    assertThat(other.get("upstream").stringValue()).isEqualTo("127.0.0.1:10");
    assertThat(other.get("enabled").booleanValue()).isFalse();
    assertRefused(ask(method, "/proxies/p", "nonsense"), 400, "bad request body: ");
  }

  @Test
  void proxy_deleted_is204AndThen404() throws Exception {
    ask("POST", "/proxies", PROXY);
    HttpResponse<String> deleted = ask("DELETE", "/proxies/p", "");
    assertThat(deleted.statusCode()).isEqualTo(204);
    assertThat(deleted.body()).isEmpty();
    for (String method : new String[] {"GET", "DELETE"}) {
      assertRefused(ask(method, "/proxies/p", ""), 404, "proxy not found");
      assertRefused(ask(method, "/proxies/p/toxics/t", ""), 404, "proxy not found");
    }
    assertRefused(ask("POST", "/proxies/p", "{}"), 404, "proxy not found");
    assertRefused(ask("POST", "/proxies/p/toxics", "{}"), 404, "proxy not found");
  }

  @Test
  void toxics_createdWithLittle_haveTheDefaults() throws Exception {
    ask("POST", "/proxies", PROXY);
    HttpResponse<String> answer = ask("POST", "/proxies/p/toxics", "{\"type\": \"latency\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode toxic = json(answer);
    assertThat(toxic.get("name").stringValue()).isEqualTo("latency_downstream");
    assertThat(toxic.get("stream").stringValue()).isEqualTo("downstream");
    assertThat(toxic.get("toxicity").doubleValue()).isEqualTo(1);
    assertThat(toxic.at("/attributes/latency").intValue()).isZero();
    assertThat(json(ask("GET", "/proxies/p/toxics", "")).get(0)).isEqualTo(toxic);
    assertThat(json(ask("GET", "/proxies/p/toxics/latency_downstream", ""))).isEqualTo(toxic);
    assertThat(json(ask("GET", "/proxies/p", "")).at("/toxics/0")).isEqualTo(toxic);
  }

  @ParameterizedTest
  @CsvSource({"POST", "PATCH"})
  void toxic_updated_keepsWhatIsNotGiven(String method) throws Exception {
    ask("POST", "/proxies", PROXY);
    ask(
        "POST",
        "/proxies/p/toxics",
        "{\"name\": \"l\", \"type\": \"latency\", \"attributes\": {\"latency\": 3, \"jitter\": 2}}");
    JsonNode toxic =
        json(
            ask(
                method,
                "/proxies/p/toxics/l",
                "{\"attributes\": {\"jitter\": 1}, \"toxicity\": 0.5, \"stream\": \"upstream\"}"));
    assertThat(toxic.at("/attributes/latency").intValue()).isEqualTo(3);
    assertThat(toxic.at("/attributes/jitter").intValue()).isEqualTo(1);
    assertThat(toxic.get("toxicity").doubleValue()).isEqualTo(0.5);
    assertThat(toxic.get("stream").stringValue()).isEqualTo("downstream");
    assertThat(ask("DELETE", "/proxies/p/toxics/l", "").statusCode()).isEqualTo(204);
    assertRefused(ask(method, "/proxies/p/toxics/l", "{}"), 404, "toxic not found");
    assertRefused(ask("DELETE", "/proxies/p/toxics/l", ""), 404, "toxic not found");
  }

  @Test
  void toxics_wrongBodies_areRefused() throws Exception {
    ask("POST", "/proxies", PROXY);
    String path = "/proxies/p/toxics";
    assertRefused(ask("POST", path, "{"), 400, "bad request body: ");
    assertRefused(ask("POST", path, "{\"type\": \"nonsense\"}"), 400, "invalid toxic type");
    assertRefused(ask("POST", path, "{}"), 400, "invalid toxic type");
    assertRefused(
        ask("POST", path, "{\"type\": \"latency\", \"stream\": \"sideways\"}"),
        400,
        "stream was invalid, can be either upstream or downstream");
    assertRefused(
        ask("POST", path, "{\"type\": \"latency\", \"attributes\": {\"latency\": \"x\"}}"),
        400,
        "bad request body: ");
    assertRefused(
        ask("POST", path, "{\"type\": \"latency\", \"toxicity\": \"x\"}"),
        400,
        "bad request body: ");
    ask("POST", path, "{\"type\": \"latency\"}");
    assertRefused(ask("POST", path, "{\"type\": \"latency\"}"), 409, "toxic already exists");
  }

  @Test
  void populate_aList_makesKeepsAndReplaces() throws Exception {
    String one = ask("POST", "/populate", "[" + PROXY + "]").body();
    String listen = JsonMapper.shared().readTree(one).at("/proxies/0/listen").stringValue();
    ask("POST", "/proxies/p/toxics", "{\"type\": \"latency\"}");
    String same = PROXY.replace("127.0.0.1:0", listen);
    String second = PROXY.replace("\"p\"", "\"q\"");

    HttpResponse<String> answer = ask("POST", "/populate", "[" + same + "," + second + "]");

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(json(answer).at("/proxies/0/listen").stringValue()).isEqualTo(listen);
    assertThat(json(answer).at("/proxies/0/toxics").size()).isEqualTo(1);
    assertThat(json(answer).at("/proxies/1/name").stringValue()).isEqualTo("q");
    HttpResponse<String> other =
        ask("POST", "/populate", "[" + same.replace("127.0.0.1:9", "127.0.0.1:10") + "]");
    assertThat(json(other).at("/proxies/0/toxics").size()).isZero();
  }

  @Test
  void populate_oneIsWrong_saysWhichAndMakesNone() throws Exception {
    HttpResponse<String> answer = ask("POST", "/populate", "[" + PROXY + ", {\"name\": \"q\"}]");
    assertRefused(answer, 400, "missing required field: upstream at proxy 2");
    assertThat(json(answer).get("proxies").size()).isZero();
    assertRefused(ask("POST", "/populate", "{"), 400, "bad request body: ");
  }

  @Test
  void reset_post_is204() throws Exception {
    assertThat(ask("POST", "/reset", "").statusCode()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, 404",
    "GET, /nonsense, 404",
    "GET, /nonsense/p, 404",
    "GET, /proxies/p/nonsense, 404",
    "GET, /proxies/p/toxics/t/more, 404",
    "GET, /reset, 405",
    "POST, /version, 405",
    "GET, /populate, 405",
    "DELETE, /proxies, 405"
  })
  void path_unknownOrWrongMethod_isRefused(String method, String path, int status)
      throws Exception {
    assertThat(ask(method, path, "").statusCode()).isEqualTo(status);
  }

  @Test
  void browser_anything_isForbidden() throws Exception {
    HttpResponse<String> answer = ask("GET", "/version", "", "User-Agent", "Mozilla/5.0");
    assertThat(answer.statusCode()).isEqualTo(403);
  }
}
