package dev.stravinsky.release.transport;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

/** One file, asked for until it is whole or it makes no sense to go on. */
final class Download {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Wanted wanted;
  private final PartialFile part;
  private final Requests requests;
  private final Patience patience;
  private final Clock clock;
  private final Progress progress;
  private final DownloadFailures failures;
  private int begunAnew;
  private boolean neverInParts;

  Download(
      Wanted wanted,
      PartialFile part,
      Requests requests,
      Patience patience,
      Clock clock,
      Progress progress) {
    this.wanted = wanted;
    this.part = part;
    this.requests = requests;
    this.patience = patience;
    this.clock = clock;
    this.progress = progress;
    this.failures = new DownloadFailures(wanted.address(), requests.server(wanted.address()));
  }

  /** What is to be fetched, and how much of it at most. */
  record Wanted(Address address, Expected expected, long limitBytes) {}

  /** How an attempt ended that may be worth another one. */
  record Broken(String reason, Optional<Duration> asked, Optional<IOException> cause) {
    static Broken because(String reason) {
      return new Broken(reason, Optional.empty(), Optional.empty());
    }
  }

  /** Returns when the whole file is there, as expected. */
  void run(Backoff backoff, Pause pause) throws IOException {
    while (true) {
      long before = part.size();
      Optional<Broken> broken = attempt();
      if (broken.isEmpty()) {
        broken = comparison();
      }
      if (broken.isEmpty()) {
        return;
      }
      if (part.size() - before >= patience.progressBytes()) {
        backoff.progressed();
      }
      waitAfter(broken.get(), backoff, pause);
    }
  }

  private void waitAfter(Broken broken, Backoff backoff, Pause pause) throws IOException {
    Optional<Duration> asked = broken.asked();
    if (asked.isPresent() && asked.get().compareTo(patience.longestRetryAfter()) > 0) {
      throw failures.tooBusy(broken, asked.get());
    }
    Duration time =
        backoff
            .next(asked)
            .filter(wait -> begunAnew <= patience.attempts())
            .orElseThrow(() -> failures.gaveUp(broken, backoff.failures(), part));
    progress.report("Waiting for the server", part.size(), part.total().orElse(0));
    try {
      pause.of(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  private Optional<Broken> attempt() throws IOException {
    Optional<Requests.Range> missing = neverInParts ? Optional.empty() : part.missing();
    HttpResponse<InputStream> response;
    try {
      response = requests.get(wanted.address(), missing);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      return Optional.of(failures.noAnswer(e, patience, part.size() > 0));
    }
    try (InputStream body = response.body()) {
      return received(response.statusCode(), new Answer(response.headers()), missing, body);
    }
  }

  private Optional<Broken> received(
      int status, Answer answer, Optional<Requests.Range> missing, InputStream body)
      throws IOException {
    if (status == 200) {
      begin(answer.validator(), answer.length());
      return receive(body);
    }
    if (missing.isPresent() && status == 206 && continues(answer)) {
      return receive(body);
    }
    if (missing.isPresent() && (status == 206 || status == 416)) {
      begin(Optional.empty(), OptionalLong.empty());
      return Optional.of(Broken.because("the file changed while it was fetched"));
    }
    return Optional.of(failures.status(status, answer.retryAfter(clock.instant())));
  }

  /** Whether what comes is what was asked for, of the file that the first part is from. */
  private boolean continues(Answer answer) {
    Optional<Answer.ContentRange> range = answer.range();
    boolean same = answer.validator().isEmpty() || answer.validator().equals(part.validator());
    if (!same || range.isEmpty() || range.get().first() != part.size()) {
      return false;
    }
    OptionalLong size = range.get().size();
    if (size.isPresent() && part.total().isPresent() && !size.equals(part.total())) {
      return false;
    }
    part.resume(size.orElse(range.get().last() + 1));
    return true;
  }

  private void begin(Optional<String> validator, OptionalLong total) throws IOException {
    begunAnew += part.size() > 0 ? 1 : 0;
    part.begin(validator, total);
  }

  private Optional<Broken> receive(InputStream body) throws IOException {
    requireFitting(part.total());
    AtomicLong received = new AtomicLong();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (Watchdog watchdog = new Watchdog(body, received, patience)) {
      while (true) {
        int n;
        try {
          n = body.read(buffer);
        } catch (IOException e) {
          return Optional.of(watchdog.bit() ? failures.stalled(patience) : failures.cut(e));
        }
        if (n < 0) {
          return end();
        }
        requireRoom(part.size() + n);
        part.append(buffer, n);
        received.addAndGet(n);
        progress.report("Downloading", part.size(), part.total().orElse(0));
      }
    }
  }

  /** The body is over; the file too, if that was all. */
  private Optional<Broken> end() throws IOException {
    OptionalLong whole = part.total().isPresent() ? part.total() : wanted.expected().sizeBytes();
    if (whole.isEmpty() || part.size() == whole.getAsLong()) {
      return Optional.empty();
    }
    if (part.size() > whole.getAsLong()) {
      begin(Optional.empty(), OptionalLong.empty());
      return Optional.of(Broken.because("more came than the server had promised"));
    }
    return Optional.of(Broken.because("the connection was cut"));
  }

  /** A promise that cannot be that of what is wanted needs no download to be refused. */
  private void requireFitting(OptionalLong promised) {
    OptionalLong exact = wanted.expected().sizeBytes();
    if (promised.isPresent() && exact.isPresent() && !promised.equals(exact)) {
      throw failures.refused(
          "has " + promised.getAsLong() + " bytes, not " + exact.getAsLong() + " as announced");
    }
    promised.ifPresent(this::requireRoom);
  }

  private void requireRoom(long sizeBytes) {
    OptionalLong exact = wanted.expected().sizeBytes();
    if (exact.isPresent() && sizeBytes > exact.getAsLong()) {
      throw failures.refused("has more than the " + exact.getAsLong() + " bytes announced");
    }
    if (sizeBytes > wanted.limitBytes()) {
      throw failures.refused("is larger than " + wanted.limitBytes() + " bytes");
    }
  }

  /**
   * Compares the whole file with what was expected of it. One that came in parts may be of two
   * files of one length and date, so it is fetched once more in one piece before it is refused.
   */
  private Optional<Broken> comparison() throws IOException {
    Optional<Sha256> sha256 = wanted.expected().sha256();
    if (sha256.isEmpty()) {
      return Optional.empty();
    }
    boolean stitched = part.stitched();
    Sha256 actual = part.sha256();
    if (actual.equals(sha256.get())) {
      return Optional.empty();
    }
    if (!stitched) {
      throw failures.refused(
          "has the SHA-256 " + actual.hex() + ", not " + sha256.get().hex() + " as announced");
    }
    neverInParts = true;
    begin(Optional.empty(), OptionalLong.empty());
    return Optional.of(Broken.because("what came in parts is not what was announced"));
  }
}
