package dev.stravinsky.release.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.error.DownloadFailedException;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.testkit.ServedFile;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers that are busy, slow, silent, or lie. */
class ServersTest extends Fetching {
  private static final byte[] CONTENT = content(5000, 1);

  @Test
  void fetch_file_isThereAndItsProgressWasTold() throws IOException {
    server.at("/f", CONTENT);

    assertThat(fetch("/f", Expected.exactly(5000, Sha256.of(CONTENT)))).isEqualTo(CONTENT);
    assertThat(progress).isSorted().last().isEqualTo(5000L);
    assertThat(waits).isEmpty();
  }

  @Test
  void fetch_busyServer_isAskedAgainLaterAndLater() throws IOException {
    server.at(
        "/f",
        (request, answer) -> {
          if (server.requests().size() < 5) {
            answer.head(List.of(500, 502, 503, 429).get(server.requests().size() - 1), 0);
          } else {
            answer.head(200, 5000).body(CONTENT);
          }
        });

    assertThat(fetch("/f")).isEqualTo(CONTENT);

    // A second, doubled each time up to five; a random part of each between a half and all.
    List<Integer> most = List.of(1000, 2000, 4000, 5000);
    assertThat(waits).hasSize(4);
    for (int i = 0; i < 4; i++) {
      assertThat(waits.get(i).toMillis()).isBetween(most.get(i) / 2L, (long) most.get(i));
    }
    assertThat(waits.stream().map(Duration::toMillis)).doesNotContainSequence(1000L, 2000L, 4000L);
  }

  @Test
  void fetch_serverThatStaysBroken_isGivenUpWithItsStatus() {
    server.at("/f", (request, answer) -> answer.head(500, 0));

    assertThatThrownBy(() -> fetch("/f"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("status 500")
        .hasMessageContaining("tried 5 times")
        .hasMessageContaining(server.url("/f"));
    assertThat(server.requests()).hasSize(5);
    assertThat(nothingLeft()).isTrue();
  }

  @Test
  void fetch_retryAfter_isObeyedInSecondsAndAsDate() throws IOException {
    server.at(
        "/f",
        (request, answer) -> {
          switch (server.requests().size()) {
            case 1 -> answer.head(503, 0, "Retry-After: 17");
            case 2 ->
                answer.head(
                    429,
                    0,
                    "Date: Mon, 23 Nov 2026 10:00:00 GMT",
                    "Retry-After: Mon, 23 Nov 2026 10:00:21 GMT");
            case 3 -> answer.head(503, 0, "Retry-After: soon");
            default -> answer.head(200, 5000).body(CONTENT);
          }
        });

    assertThat(fetch("/f")).isEqualTo(CONTENT);
    assertThat(waits.subList(0, 2)).containsExactly(Duration.ofSeconds(17), Duration.ofSeconds(21));
    assertThat(waits.get(2)).isLessThanOrEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void fetch_serverThatAsksForTooMuchPatience_isGivenUpAtOnce() {
    server.at("/f", (request, answer) -> answer.head(503, 0, "Retry-After: 3600"));

    assertThatThrownBy(() -> fetch("/f"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("3600 seconds");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void fetch_nothingThere_isNotFoundAtOnce() {
    server.at("/gone", (request, answer) -> answer.head(410, 0));

    for (String path : List.of("/gone", "/never")) {
      assertThatThrownBy(() -> fetch(path)).isInstanceOf(NotFoundException.class);
    }
    assertThat(server.requests()).hasSize(2);
    assertThat(nothingLeft()).isTrue();
  }

  @Test
  void fetch_refusingServer_isNotAskedAgain() {
    for (int status : List.of(401, 403, 400, 204, 206, 304, 416)) {
      server.at("/f" + status, (request, answer) -> answer.head(status, 0));

      assertThatThrownBy(() -> fetch("/f" + status))
          .isInstanceOf(DownloadFailedException.class)
          .hasMessageContaining("status " + status);
      assertThat(server.requests("/f" + status)).hasSize(1);
    }
  }

  @Test
  void fetch_silentServer_endsWithinItsPatience() {
    server.at("/f", (request, answer) -> answer.stall());

    assertThatThrownBy(() -> fetch("/f"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("no answer within 300 milliseconds");
    assertThat(server.requests()).hasSize(5);
  }

  @Test
  void fetch_stalledOnce_isContinued() throws IOException {
    ServedFile served = new ServedFile(CONTENT).cutAfter(2000);
    server.at(
        "/f",
        (request, answer) -> {
          served.answer(request, answer);
          if (server.requests().size() == 1) {
            answer.stall();
          }
        });

    assertThat(fetch("/f")).isEqualTo(CONTENT);
    assertThat(server.requests().get(1).header("range")).contains("bytes=2000-");
  }

  @Test
  void fetch_dripping_isStalledToo() {
    server.at(
        "/f",
        (request, answer) -> {
          answer.head(200, 5000);
          for (int i = 0; i < 100; i++) {
            answer.body(CONTENT, i, 1);
            pause(60);
          }
        });

    assertThatThrownBy(() -> fetch("/f"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("less than 10 bytes came in 300 milliseconds");
  }

  @Test
  void fetch_slowButSteady_isWaitedFor() throws IOException {
    server.at(
        "/f",
        (request, answer) -> {
          answer.head(200, 5000);
          for (int i = 0; i < 10; i++) {
            answer.body(CONTENT, i * 500, 500);
            pause(60);
          }
        });

    assertThat(fetch("/f")).isEqualTo(CONTENT);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void fetch_lengthsThatAreNotTheAnnounced_areRefusedWithoutTheBody() {
    for (int promised : List.of(4999, 5001)) {
      server.at("/f", (request, answer) -> answer.head(200, promised).body(CONTENT, 0, 4999));

      assertThatThrownBy(() -> fetch("/f", Expected.exactly(5000, Sha256.of(CONTENT))))
          .isInstanceOf(RefusedException.class)
          .hasMessageContaining("has " + promised + " bytes, not 5000");
      assertThat(progress).isEmpty();
    }
  }

  @Test
  void fetch_moreThanAnnouncedWithoutALength_isRefused() {
    server.at("/f", (request, answer) -> answer.head(200).body(CONTENT));

    assertThatThrownBy(() -> fetch("/f", Expected.exactly(4000, Sha256.of(CONTENT))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("more than the 4000 bytes");
    assertThat(nothingLeft()).isTrue();
  }

  @Test
  void fetch_wrongChecksum_isRefused() {
    server.at("/f", CONTENT);

    assertThatThrownBy(() -> fetch("/f", Expected.exactly(5000, Sha256.of(content(5000, 2)))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(Sha256.of(CONTENT).hex());
    assertThat(server.requests()).hasSize(1);
    assertThat(nothingLeft()).isTrue();
  }

  @Test
  void fetch_endlessBody_isRefusedAtTheLimit() {
    byte[] block = new byte[8192];
    server.at(
        "/f",
        (request, answer) -> {
          answer.head(200, "Transfer-Encoding: chunked");
          while (true) {
            answer.body("2000\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            answer.body(block).body(new byte[] {'\r', '\n'});
          }
        });

    assertThatThrownBy(() -> fetch("/f"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("larger than 500000 bytes");
    assertThat(progress.getLast()).isLessThanOrEqualTo(LIMIT);
    assertThat(nothingLeft()).isTrue();
  }

  @Test
  void fetch_promiseAboveTheLimit_isRefusedWithoutTheBody() {
    server.at("/f", (request, answer) -> answer.head(200, LIMIT + 1).stall());

    assertThatThrownBy(() -> fetch("/f")).isInstanceOf(RefusedException.class);
    assertThat(progress).isEmpty();
  }

  @Test
  void fetch_noAnswerAtAll_saysSo() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    assertThatThrownBy(() -> fetch("http://127.0.0.1:" + free + "/x"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("no connection to 127.0.0.1:" + free);
    server.at("/garbage", (request, answer) -> answer.body(new byte[] {'?', '\n', '\n'}));
    assertThatThrownBy(() -> fetch("/garbage")).isInstanceOf(DownloadFailedException.class);
    server.at("/nothing", (request, answer) -> {});
    assertThatThrownBy(() -> fetch("/nothing")).isInstanceOf(DownloadFailedException.class);
  }

  @Test
  void fetch_hostThatDoesNotExist_isNotAskedAgain() {
    assertThatThrownBy(() -> fetch("http://releases.invalid/x"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("no host of this name");
    assertThat(waits).isEmpty();
  }

  @Test
  void fetch_noAddress_isAUsageError() {
    for (String location : List.of("http://", "http:///x", "https://a b/", "http://[::1/x")) {
      assertThatThrownBy(() -> fetch(location)).isInstanceOf(UsageException.class);
    }
  }

  @Test
  void fetch_fullDisk_isNotTheServersFault() {
    server.at("/f", CONTENT);
    sandbox.faults().plan(FaultPlan.failAt(2, Errno.ENOSPC));

    assertThatThrownBy(() -> fetch("/f"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Errno.ENOSPC.words());
    assertThat(server.requests()).hasSize(1);
    assertThat(nothingLeft()).isTrue();
  }

  @Test
  void fetch_fileThatIsThere_staysAsItIs() throws IOException {
    server.at("/f", CONTENT);
    Files.writeString(file(), "mine");

    assertThatThrownBy(() -> fetch("/f")).isInstanceOf(IOException.class);
    assertThat(file()).hasContent("mine");
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
