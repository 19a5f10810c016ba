package dev.stravinsky.release.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.error.DownloadFailedException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.testkit.ServedFile;
import dev.stravinsky.testkit.WebServer;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Connections that break, and files that change meanwhile. */
class ResumeTest extends Fetching {
  private static final byte[] CONTENT = content(5000, 1);
  private static final byte[] OTHER = content(5000, 2);

  @Test
  void fetch_cutAtEveryByte_isContinuedThere() throws IOException {
    byte[] small = content(40, 3);
    for (int cut = 0; cut < small.length; cut++) {
      server.at("/f" + cut, new ServedFile(small).cutAfter(cut));

      assertThat(fetch("/f" + cut)).as("cut after %d", cut).isEqualTo(small);

      WebServer.Request second = server.requests("/f" + cut).get(1);
      assertThat(second.header("range").orElse("none"))
          .isEqualTo(cut == 0 ? "none" : "bytes=" + cut + "-");
      assertThat(second.header("if-range").isPresent()).isEqualTo(cut > 0);
      Files.delete(file());
    }
  }

  @Test
  void fetch_cutAtRandomBytes_isWholeAndAskedForOnce() throws IOException {
    long seed = Long.getLong("stravinsky.seed", System.nanoTime());
    System.out.println("ResumeTest -Dstravinsky.seed=" + seed);
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      byte[] content = content(100_000 + random.nextInt(100_000), random.nextLong());
      // Each part is progress, so any number of cuts is survived.
      int[] cuts = random.ints(12, 1000, 8000).toArray();
      server.at("/f", new ServedFile(content).cutAfter(cuts));
      int before = server.requests().size();

      assertThat(fetch("/f", Expected.exactly(content.length, Sha256.of(content))))
          .isEqualTo(content);

      List<String> ranges =
          server.requests().stream()
              .skip(before + 1)
              .map(request -> request.header("range").orElse("all"))
              .toList();
      assertThat(ranges)
          .isEqualTo(
              IntStream.rangeClosed(1, cuts.length)
                  .mapToObj(n -> "bytes=" + IntStream.of(cuts).limit(n).sum() + "-")
                  .toList());
      Files.delete(file());
    }
  }

  @Test
  void fetch_fileChangedBetweenTwoParts_isTheNewOneWhole() throws IOException {
    ServedFile served = new ServedFile(CONTENT).cutAfter(2000);
    server.at("/f", replacedAtSecond(served, OTHER, "\"second\""));

    assertThat(fetch("/f")).isEqualTo(OTHER);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void fetch_serverIgnoresIfRange_isBegunAnew() throws IOException {
    server.at(
        "/f",
        (request, answer) -> {
          if (request.header("range").isPresent()) {
            answer
                .head(206, 3000, "ETag: \"second\"", "Content-Range: bytes 2000-4999/5000")
                .body(OTHER, 2000, 3000);
          } else if (server.requests().size() == 1) {
            answer.head(200, 5000, "ETag: \"first\"").body(CONTENT, 0, 2000);
          } else {
            answer.head(200, 5000, "ETag: \"second\"").body(OTHER);
          }
        });

    assertThat(fetch("/f")).isEqualTo(OTHER);
  }

  @Test
  void fetch_partsThatWereNotAskedFor_areNotTaken() throws IOException {
    for (String range :
        List.of("bytes 1999-4999/5000", "bytes 2000-4999/6000", "bytes 2000-4999", "x", "")) {
      String[] header = range.isEmpty() ? new String[0] : new String[] {"Content-Range: " + range};
      int before = server.requests().size();
      server.at(
          "/f",
          (request, answer) -> {
            if (request.header("range").isPresent()) {
              answer.head(206, 3000, header).body(OTHER, 2000, 3000);
            } else {
              boolean first = server.requests().size() == before + 1;
              answer.head(200, 5000, "ETag: \"e\"").body(CONTENT, 0, first ? 2000 : 5000);
            }
          });

      assertThat(fetch("/f")).as(range).isEqualTo(CONTENT);
      Files.delete(file());
    }
  }

  @Test
  void fetch_fileBecameShorter_isBegunAnew() throws IOException {
    ServedFile served = new ServedFile(CONTENT).cutAfter(2000);
    byte[] shorter = content(1500, 4);
    // The same tag: the range is past the end, which is status 416.
    server.at("/f", replacedAtSecond(served, shorter, "\"first\""));

    assertThat(fetch("/f")).isEqualTo(shorter);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void fetch_serverThatCannotTellVersionsApart_isAskedForAllAgain() throws IOException {
    server.at("/weak", new ServedFile(CONTENT).replace(CONTENT, "W/\"1\"").cutAfter(2000));
    server.at("/none", new ServedFile(CONTENT).anonymous().cutAfter(2000));
    String date = "Mon, 23 Nov 2026 10:00:00 GMT";
    server.at("/fresh", new ServedFile(CONTENT).dated(date, date).cutAfter(2000));

    for (String path : List.of("/weak", "/none", "/fresh")) {
      assertThat(fetch(path)).isEqualTo(CONTENT);
      assertThat(server.requests(path)).hasSize(2);
      assertThat(server.requests(path).get(1).headers()).as(path).doesNotContainKey("range");
      Files.delete(file());
    }
  }

  @Test
  void fetch_lastChangeLongAgo_isContinuedByIt() throws IOException {
    String changed = "Mon, 23 Nov 2026 10:00:00 GMT";
    server.at(
        "/f",
        new ServedFile(CONTENT).dated(changed, "Mon, 23 Nov 2026 10:00:05 GMT").cutAfter(2000));

    assertThat(fetch("/f")).isEqualTo(CONTENT);
    assertThat(server.requests().get(1).header("if-range")).contains(changed);
  }

  @Test
  void fetch_partsOfTwoFilesUnderOneTag_isFetchedOnceMoreInOnePiece() throws IOException {
    ServedFile served = new ServedFile(CONTENT).cutAfter(2000);
    server.at("/f", replacedAtSecond(served, OTHER, "\"first\""));

    assertThat(fetch("/f", Expected.exactly(5000, Sha256.of(OTHER)))).isEqualTo(OTHER);
    assertThat(server.requests()).hasSize(3);
    assertThat(server.requests().get(2).headers()).doesNotContainKey("range");
  }

  @Test
  void fetch_wrongInPartsAndWhole_isRefused() {
    server.at("/f", new ServedFile(CONTENT).cutAfter(2000));

    assertThatThrownBy(() -> fetch("/f", Expected.exactly(5000, Sha256.of(OTHER))))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(Sha256.of(OTHER).hex());
    assertThat(nothingLeft()).isTrue();
  }

  @Test
  void fetch_fileThatChangesWithEveryAnswer_isGivenUp() {
    server.at(
        "/f",
        (request, answer) -> {
          int n = server.requests().size();
          answer.head(200, 5000, "ETag: \"" + n + "\"").body(content(5000, n), 0, 1500);
        });

    assertThatThrownBy(() -> fetch("/f"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("cut")
        .hasMessageContaining("1500 bytes came of 5000");
    assertThat(server.requests().size()).isBetween(5, 8);
    assertThat(nothingLeft()).isTrue();
  }

  @Test
  void fetch_partsThatNeverFit_areNotAskedForAgain() {
    server.at(
        "/f",
        (request, answer) -> {
          if (request.header("range").isPresent()) {
            answer
                .head(206, 3000, "ETag: \"e\"", "Content-Range: bytes 2000-4999/5000")
                .body(OTHER, 2000, 3000);
          } else {
            answer.head(200, 5000, "ETag: \"e\"").body(CONTENT, 0, 2000);
          }
        });

    assertThatThrownBy(() -> fetch("/f", Expected.exactly(5000, Sha256.of(CONTENT))))
        .isInstanceOf(DownloadFailedException.class);
    assertThat(server.requests().stream().filter(r -> r.header("range").isPresent())).hasSize(1);
  }

  @Test
  void fetch_partsThatAreNeverThere_areGivenUp() {
    server.at(
        "/f",
        (request, answer) -> {
          if (request.header("range").isPresent()) {
            answer.head(416, 0);
          } else {
            // Enough to count as progress, each time.
            answer.head(200, 5000, "ETag: \"e\"").body(CONTENT, 0, 2000);
          }
        });

    assertThatThrownBy(() -> fetch("/f"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("changed while it was fetched");
    assertThat(server.requests().size()).isLessThan(20);
  }

  @Test
  void fetch_partThatIsLongerThanItSays_isBegunAnew() throws IOException {
    server.at(
        "/f",
        (request, answer) -> {
          if (request.header("range").isPresent()) {
            answer
                .head(206, 4000, "ETag: \"e\"", "Content-Range: bytes 2000-4999/5000")
                .body(OTHER, 0, 4000);
          } else {
            int length = server.requests().size() == 1 ? 2000 : 5000;
            answer.head(200, 5000, "ETag: \"e\"").body(CONTENT, 0, length);
          }
        });

    assertThat(fetch("/f")).isEqualTo(CONTENT);
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void noAnswer_hostThatWasThereBefore_isWorthAnotherAttempt() {
    DownloadFailures failures = new DownloadFailures(Address.of("http://a/b"), "a:80");
    IOException lost = new ConnectException();
    lost.initCause(new UnresolvedAddressException());

    assertThat(failures.noAnswer(lost, PATIENCE, true).reason()).contains("no connection to a:80");
    assertThatThrownBy(() -> failures.noAnswer(lost, PATIENCE, false))
        .isInstanceOf(DownloadFailedException.class);
  }

  @Test
  void fetch_cutAndReset_areTheSame() throws IOException {
    server.at(
        "/f",
        (request, answer) -> {
          if (server.requests().size() == 1) {
            answer.reset();
          } else if (server.requests().size() == 2) {
            answer.head(200, 5000, "ETag: \"e\"").body(CONTENT, 0, 4000);
            answer.reset();
          } else {
            new ServedFile(CONTENT).replace(CONTENT, "\"e\"").answer(request, answer);
          }
        });

    assertThat(fetch("/f")).isEqualTo(CONTENT);
  }

  @Test
  void fetch_bodyWithoutLengthCutShortOfTheAnnounced_isFetchedAgain() throws IOException {
    server.at(
        "/f",
        (request, answer) ->
            answer.head(200).body(CONTENT, 0, server.requests().size() == 1 ? 100 : 5000));

    assertThat(fetch("/f", Expected.exactly(5000, Sha256.of(CONTENT)))).isEqualTo(CONTENT);
    assertThat(server.requests()).hasSize(2);
  }

  private WebServer.Page replacedAtSecond(ServedFile served, byte[] by, String etag) {
    return (request, answer) -> {
      if (server.requests().size() == 2) {
        served.replace(by, etag);
      }
      served.answer(request, answer);
    };
  }
}
