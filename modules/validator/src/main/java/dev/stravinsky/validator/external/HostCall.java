package dev.stravinsky.validator.external;

import dev.stravinsky.spi.CouldNotCheckException;
import dev.stravinsky.spi.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/** One check that was asked of the plugin host. */
final class HostCall {
  private static final int MAX_FINDINGS = 1_000;

  private final long number;
  private final List<JsonNode> lines = new ArrayList<>();
  private final CompletableFuture<JsonNode> end = new CompletableFuture<>();

  HostCall(long number) {
    this.number = number;
  }

  long number() {
    return number;
  }

  synchronized void finding(JsonNode line) {
    if (lines.size() < MAX_FINDINGS) {
      lines.add(line);
    }
  }

  void done(JsonNode answer) {
    end.complete(answer);
  }

  void hostEnded(String how, boolean alone) {
    end.completeExceptionally(new HostEndedException(how, java.util.Optional.empty(), alone));
  }

  /** Waits a moment; whether the answer is there. */
  boolean answered(Duration wait) throws HostEndedException, InterruptedException {
    try {
      end.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw (HostEndedException) e.getCause();
    }
  }

  /** What was found, once it is answered. */
  synchronized List<Finding> findings(FindingLines format) throws Exception {
    if (ending().equals("COULD_NOT_CHECK")) {
      throw new CouldNotCheckException(message());
    }
    requireCompleted();
    List<Finding> findings = new ArrayList<>();
    for (JsonNode line : lines) {
      findings.add(format.read(line));
    }
    return findings;
  }

  /** What a service returned, once it is answered; a missing node if that is nothing. */
  JsonNode result() throws CheckFailedException, TimeoutException {
    requireCompleted();
    return end.join().path("result");
  }

  private void requireCompleted() throws CheckFailedException, TimeoutException {
    switch (ending()) {
      case "COMPLETED" -> {}
      case "TIMED_OUT" -> throw new TimeoutException(message());
      default -> throw new CheckFailedException(message());
    }
  }

  private String ending() {
    return end.join().path("ending").asString("");
  }

  private String message() {
    return PlainText.line(end.join().path("message").asString(""));
  }
}
