package dev.stravinsky.validator.external;

import dev.stravinsky.api.check.ExternalChecks.Launch;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** One running plugin host: requests go out, and a thread hands each answer to who asked. */
final class HostConnection {
  private static final int MAX_OUTPUT_BYTES = 16 * 1024 * 1024;

  /** How long a host may take to end; one that leaves its start-up cache behind takes its time. */
  private static final Duration END =
      Duration.ofSeconds(System.getProperty("stravinsky.host.cache-output") == null ? 3 : 60);

  private final ChildProcess process;
  private final HostRequests requests;
  private final CompletableFuture<HostDescription> description = new CompletableFuture<>();
  private final Map<Long, HostCall> calls = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private volatile Optional<String> starting = Optional.empty();
  private volatile long lastSign = System.nanoTime();
  private volatile Optional<ScratchDirectory> scratch = Optional.empty();
  private volatile boolean retired;
  private volatile Optional<String> killedBecause = Optional.empty();

  private HostConnection(ChildProcess process) {
    this.process = process;
    this.requests = new HostRequests(process.input());
    Thread.ofPlatform().daemon().name("plugin-host answers").start(this::listen);
  }

  /** Starts a host, which looks at no plugin before it is asked to {@link #describe}. */
  static HostConnection start(Launch launch, Map<String, String> variables) throws IOException {
    return new HostConnection(
        ChildProcess.start("plugin-host", launch.command(), launch.directory(), variables));
  }

  /**
   * Has the plugins started, but those to be left out, and waits until they have: for each of them
   * no longer than {@code limit}.
   */
  HostDescription describe(Collection<URI> skipped, Duration limit)
      throws HostEndedException, InterruptedException {
    lastSign = System.nanoTime();
    try {
      requests.start(skipped);
    } catch (IOException e) {
      throw ended(starting, true);
    }
    while (true) {
      try {
        return description.get(50, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (System.nanoTime() - lastSign > limit.toNanos()) {
          kill("it did not start within " + limit.toMillis() + " ms");
          throw ended(starting, true);
        }
      } catch (ExecutionException e) {
        throw ended(starting, true);
      }
    }
  }

  /** Whether more may be asked of it. */
  boolean usable() {
    return !retired && !description.isCompletedExceptionally();
  }

  /** Asks for a check. */
  HostCall ask(String check, CheckContext context, Duration limit) throws HostEndedException {
    return ask(number -> requests.check(number, check, context, limit));
  }

  /** Asks a service of a plugin. */
  HostCall call(Consumer<JsonGenerator> question, Duration limit) throws HostEndedException {
    return ask(number -> requests.call(number, question, limit));
  }

  /** What is sent for a call of a number. */
  private interface Request {
    void send(long number) throws IOException;
  }

  private HostCall ask(Request request) throws HostEndedException {
    long number = numbers.incrementAndGet();
    HostCall call = new HostCall(number);
    calls.put(number, call);
    try {
      request.send(number);
    } catch (IOException e) {
      calls.remove(number);
      throw ended(Optional.empty(), calls.isEmpty());
    }
    if (!usable()) {
      // It ended before it could know of this call: nobody else would tell the caller.
      call.hostEnded(endWords(), calls.size() == 1);
    }
    return call;
  }

  /** Gives up a call; its answer is not waited for. */
  void cancel(HostCall call) {
    calls.remove(call.number());
    try {
      requests.cancel(call.number());
    } catch (IOException e) {
      // It has ended: the call is over in any case.
      return;
    }
  }

  /** Ends it as a hung process is ended; whoever waits for it is told the reason. */
  void kill(String reason) {
    retired = true;
    killedBecause = killedBecause.or(() -> Optional.of(reason));
    process.kill();
  }

  /** Tells it that nothing will be asked any more; it stops its plugins and ends. */
  void end() {
    retired = true;
    try {
      requests.end();
    } catch (IOException e) {
      // It has ended already, or does not read: this is right for both.
      process.kill();
    }
  }

  /** Ends it as a command does at its end: plugins are given a moment to stop. */
  void close() {
    end();
    try {
      process.ended(END);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.kill();
    removeScratch();
  }

  /** A host that was killed, or that a plugin ended, could not do it. */
  private void removeScratch() {
    try {
      if (scratch.isPresent() && process.ended(END)) {
        scratch.get().remove();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void listen() {
    BoundedLines lines = new BoundedLines(process.output(), MAX_OUTPUT_BYTES);
    try {
      for (Optional<String> line = lines.next(); line.isPresent(); line = lines.next()) {
        lastSign = System.nanoTime();
        hear(line.get());
      }
    } catch (IOException | RuntimeException e) {
      kill("the plugin host's answers cannot be read: " + PlainText.line(e.toString()));
    }
    retired = true;
    String words = endWords();
    description.completeExceptionally(new IOException(words));
    boolean alone = calls.size() == 1;
    calls.values().forEach(call -> call.hostEnded(words, alone));
    calls.clear();
    removeScratch();
  }

  private void hear(String line) {
    if (!line.startsWith("{")) {
      return; // Not ours: something printed past the redirection.
    }
    JsonNode answer = ContextWriter.JSON.readTree(line);
    switch (answer.path("type").asString("")) {
      case "scratch" ->
          scratch = ScratchDirectory.of(answer.path("directory").asString(""), process.processId());
      case "starting" -> starting = Optional.of(answer.path("plugin").asString(""));
      case "describe" -> description.complete(HostDescription.read(answer));
      case "finding" ->
          Optional.ofNullable(calls.get(answer.path("request").asLong()))
              .ifPresent(call -> call.finding(answer));
      case "done" -> done(answer);
      case "error" ->
          kill("the plugin host failed: " + PlainText.line(answer.path("message").asString("")));
      default -> throw new IllegalStateException(PlainText.line(line));
    }
  }

  private void done(JsonNode answer) {
    if (answer.path("stuck").asBoolean(false)) {
      // A thread that does not stop takes its time from others: the next check gets a new host.
      retired = true;
    }
    HostCall call = calls.remove(answer.path("request").asLong());
    if (call != null) {
      call.done(answer);
    }
    if (retired && calls.isEmpty()) {
      process.kill();
    }
  }

  private HostEndedException ended(Optional<String> during, boolean alone) {
    return new HostEndedException(endWords(), during, alone);
  }

  private String endWords() {
    try {
      if (killedBecause.isEmpty() && !process.ended(END)) {
        kill("the plugin host does not answer");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted while the plugin host ended";
    }
    if (killedBecause.isPresent()) {
      return killedBecause.get();
    }
    String words = process.lastWords().map(w -> " (" + w + ")").orElse("");
    return "it ended the plugin host with exit status " + process.exitStatus() + words;
  }
}
