package dev.stravinsky.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.report.ReportPage.Served;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who gets the served page, and who does not. */
@Timeout(60)
class ServedPageTest {
  private Sandbox sandbox;
  private Served page;
  private URI address;

  @BeforeEach
  void serve() throws IOException {
    sandbox = Sandbox.inMemory();
    page = sandbox.services().reportPage().serve(0);
    address = page.address();
  }

  @AfterEach
  void close() throws IOException {
    page.close();
    sandbox.close();
  }

  /** The whole answer, as it comes over the line. */
  private String answer(String method, String path, String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
      String request = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close";
      socket.getOutputStream().write((request + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String get(String path) throws IOException {
    return answer("GET", path, "127.0.0.1:" + address.getPort());
  }

  @Test
  void page_withTheToken_comesWithAStrictPolicy() throws IOException {
    String answer = get(address.getPath());

    assertThat(answer)
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-security-policy: default-src 'none'; base-uri 'none';")
        .contains("frame-ancestors 'none'")
        .containsIgnoringCase("cache-control: no-store")
        .containsIgnoringCase("referrer-policy: no-referrer")
        .containsIgnoringCase("x-content-type-options: nosniff")
        .contains("Nothing has happened yet.");
  }

  @Test
  void page_withoutTheToken_isNotThere() throws IOException {
    String token = address.getPath().replace("/", "");
    assertThat(token).hasSizeGreaterThanOrEqualTo(24);
    String wrong = (token.startsWith("a") ? "b" : "a") + token.substring(1);

    for (String path :
        List.of("/", "/" + wrong + "/", "/" + token, "/changes", "/" + token + "/../x")) {
      assertThat(get(path)).as(path).startsWith("HTTP/1.1 404").doesNotContain("Stravinsky");
    }
    assertThat(get("/" + token + "/other")).startsWith("HTTP/1.1 404");
  }

  @Test
  void page_underAnotherName_isNotThere() throws IOException {
    for (String host : List.of("evil.example", "evil.example:" + address.getPort(), "127.0.0.1")) {
      assertThat(answer("GET", address.getPath(), host)).as(host).startsWith("HTTP/1.1 404");
    }
    assertThat(answer("GET", address.getPath(), "localhost:" + address.getPort()))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void page_toBeChanged_isRefused() throws IOException {
    String host = "127.0.0.1:" + address.getPort();
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS")) {
      assertThat(answer(method, address.getPath(), host)).startsWith("HTTP/1.1 405");
    }
  }

  @Test
  void page_fromOtherMachines_cannotBeReached() throws IOException {
    for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      for (InetAddress outside : Collections.list(each.getInetAddresses())) {
        if (!outside.isLoopbackAddress() && !outside.isLinkLocalAddress()) {
          assertThatThrownBy(() -> new Socket(outside, address.getPort()).close())
              .as("%s", outside)
              .isInstanceOf(IOException.class);
        }
      }
    }
    assertThat(address.getHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void serve_again_hasAnotherToken() throws IOException {
    Set<String> tokens = new HashSet<>(Set.of(address.getPath()));
    for (int i = 0; i < 20; i++) {
      try (Served other = sandbox.services().reportPage().serve(0)) {
        assertThat(tokens.add(other.address().getPath())).isTrue();
      }
    }
  }

  @Test
  void serve_portIsTaken_saysSo() {
    assertThatThrownBy(() -> sandbox.services().reportPage().serve(address.getPort()))
        .isInstanceOf(BindException.class);
  }

  @Test
  void changes_whenSomethingHappens_areTold() throws Exception {
    String path = address.getPath() + "changes";
    String before = body(get(path));
    assertThat(before).isNotBlank();
    CompletableFuture<String> after =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return body(get(path + "?after=" + before));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertThat(after).isNotDone();
    sandbox
        .services()
        .audit()
        .append(EventDraft.of("e", EventType.UPDATE_START, EventStatus.SUCCESS, "user"));

    assertThat(after.get()).isNotEqualTo(before);
    assertThat(get(address.getPath())).contains("UPDATE_START");
  }

  @Test
  void close_served_isGone() throws IOException {
    page.close();

    assertThatThrownBy(() -> get(address.getPath())).isInstanceOf(IOException.class);
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }
}
