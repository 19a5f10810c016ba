package dev.stravinsky.validator.external;

import dev.stravinsky.api.check.ExternalChecks;
import dev.stravinsky.api.check.Plugins.Plugin;
import dev.stravinsky.api.check.Plugins.State;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.validator.external.HostDescription.Hosted;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The plugin host as the checks see it: there when it is needed. It is started at its first use,
 * and again after it ended; a plugin that ends or hangs it at its start is left out from then on.
 */
final class PluginHost implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(20);

  /** How much later than its time a check's answer may come before the host counts as hung. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final Optional<ExternalChecks> source;
  private final Map<String, String> variables;
  private final Duration startLimit;
  private final Map<URI, String> skipped = new LinkedHashMap<>();

  /** Writing means: nothing else is asked of the host, so that who ends it is known. */
  private final ReadWriteLock alone = new ReentrantReadWriteLock();

  /** A process that was not asked for anything yet, and how another one would be started. */
  private record Waiting(HostConnection host, ExternalChecks.Launch launch) {}

  private Optional<Waiting> waiting = Optional.empty();
  private Optional<HostConnection> connection = Optional.empty();
  private Optional<HostDescription> description = Optional.empty();
  private volatile Optional<HostConnection> latest = Optional.empty();
  private volatile boolean closed;

  PluginHost(Optional<ExternalChecks> source, Map<String, String> variables) {
    this(source, variables, START_LIMIT);
  }

  /**
   * @param startLimit how long each plugin may take to start
   */
  PluginHost(Optional<ExternalChecks> source, Map<String, String> variables, Duration startLimit) {
    this.source = source;
    this.variables = variables;
    this.startLimit = startLimit;
  }

  /** Whether it has been started, and was not ended. */
  boolean isRunning() {
    return latest.filter(HostConnection::usable).isPresent();
  }

  /** Whether there is anything to start the host for. */
  boolean hasPlugins() {
    return latest.isPresent() || source.flatMap(ExternalChecks::launch).isPresent();
  }

  /** Starts the host's process; plugins are read and started by its first use. */
  synchronized void launch() {
    if (latest.isPresent() || closed) {
      return;
    }
    Optional<ExternalChecks.Launch> launch = source.flatMap(ExternalChecks::launch);
    try {
      if (launch.isPresent()) {
        waiting = Optional.of(new Waiting(process(launch.get()), launch.get()));
      }
    } catch (IOException e) {
      waiting = Optional.empty(); // It fails again where the host is needed, and is told there.
    }
  }

  /** What there is; starts the host if it does not run. Never fails: a failure is described. */
  synchronized HostDescription description() {
    if (description.isEmpty() && !closed) {
      try {
        connect();
      } catch (IOException | HostEndedException e) {
        if (description.isEmpty()) { // With no plugin there is nothing, which is not a failure.
          description = Optional.of(HostDescription.failing(PlainText.line(e.getMessage())));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return HostDescription.failing("interrupted while the plugin host was starting");
      }
    }
    return description.orElse(HostDescription.NOTHING);
  }

  /** Runs one check; if the host ends meanwhile and it may have been another's fault, once more. */
  List<Finding> check(String check, CheckContext context, Duration limit, FindingLines format)
      throws Exception {
    ContextWriter.requireOnDisk(context);
    try {
      return answer(host -> host.ask(check, context, limit), limit, context.cancellation())
          .findings(format);
    } catch (HostEndedException e) {
      throw new CheckFailedException(e.getMessage());
    }
  }

  /**
   * Asks a plugin's service; if the host ends meanwhile and it may have been another's fault, once
   * more.
   *
   * @param question the request's fields beside its number and time limit
   * @throws HostEndedException if this call ended the host
   */
  JsonNode call(Consumer<JsonGenerator> question, Duration limit, Cancellation cancellation)
      throws CheckFailedException,
          TimeoutException,
          HostEndedException,
          IOException,
          InterruptedException {
    return answer(host -> host.call(question, limit), limit, cancellation).result();
  }

  /**
   * Starts the host if need be.
   *
   * @throws CheckFailedException if a file is no plugin that runs; says why
   */
  void requireActive(Path file) throws CheckFailedException {
    HostDescription known = description();
    Optional<Plugin> plugin =
        known.plugins().stream()
            .map(Hosted::plugin)
            .filter(each -> each.file().equals(file))
            .findFirst();
    if (plugin.isEmpty()) {
      throw new CheckFailedException(known.failure().orElse("it does not run"));
    }
    if (plugin.get().state() != State.ACTIVE) {
      throw new CheckFailedException(plugin.get().reason().orElse("it is not active"));
    }
  }

  /** Something to be asked of a host that runs. */
  private interface Question {
    HostCall ask(HostConnection host) throws HostEndedException;
  }

  private HostCall answer(Question question, Duration limit, Cancellation cancellation)
      throws HostEndedException, TimeoutException, IOException, InterruptedException {
    try {
      alone.readLock().lockInterruptibly();
      try {
        return attempt(question, limit, cancellation);
      } finally {
        alone.readLock().unlock();
      }
    } catch (HostEndedException e) {
      if (e.alone()) {
        throw e;
      }
    }
    alone.writeLock().lockInterruptibly();
    try {
      return attempt(question, limit, cancellation);
    } finally {
      alone.writeLock().unlock();
    }
  }

  private HostCall attempt(Question question, Duration limit, Cancellation cancellation)
      throws HostEndedException, TimeoutException, IOException, InterruptedException {
    HostConnection host = connect();
    HostCall call = question.ask(host);
    long start = System.nanoTime();
    try {
      while (!call.answered(POLL)) {
        if (cancellation.requested()) {
          host.cancel(call);
          throw new TimeoutException("it did not end when it was told to");
        }
        if (System.nanoTime() - start > limit.plus(GRACE).toNanos()) {
          host.kill("it did not end within " + limit.toMillis() + " ms");
        }
      }
    } catch (InterruptedException e) {
      host.cancel(call);
      throw e;
    }
    return call;
  }

  private synchronized HostConnection connect()
      throws IOException, HostEndedException, InterruptedException {
    if (closed) {
      throw new IOException("the plugin host was closed");
    }
    if (connection.filter(HostConnection::usable).isPresent()) {
      return connection.get();
    }
    Optional<ExternalChecks.Launch> launch =
        waiting.map(Waiting::launch).or(() -> source.flatMap(ExternalChecks::launch));
    if (launch.isEmpty()) {
      description = Optional.of(HostDescription.NOTHING);
      throw new IOException("there is no plugin");
    }
    HostConnection started = startWithout(launch.get(), true);
    connection = Optional.of(started);
    return started;
  }

  /** Each plugin that ends the host at its start costs one more start without it. */
  private HostConnection startWithout(ExternalChecks.Launch launch, boolean mayFailOnce)
      throws IOException, HostEndedException, InterruptedException {
    HostConnection host = waiting.isPresent() ? waiting.get().host() : process(launch);
    waiting = Optional.empty();
    try {
      if (closed) {
        throw new InterruptedException("closed while it was started");
      }
      HostDescription found = host.describe(skipped.keySet(), startLimit);
      if (description.isEmpty()) {
        description =
            Optional.of(found.with(skipped.entrySet().stream().map(PluginHost::leftOut).toList()));
      }
      return host;
    } catch (HostEndedException e) {
      if (closed) {
        throw e;
      }
      Optional<URI> plugin = e.starting().filter(s -> s.startsWith("file:")).map(URI::create);
      if (plugin.isPresent() && skipped.putIfAbsent(plugin.get(), e.getMessage()) == null) {
        return startWithout(launch, mayFailOnce);
      }
      if (mayFailOnce) {
        return startWithout(launch, false);
      }
      throw e;
    } catch (InterruptedException e) {
      host.kill("interrupted");
      throw e;
    }
  }

  private HostConnection process(ExternalChecks.Launch launch) throws IOException {
    HostConnection host = HostConnection.start(launch, variables(launch));
    latest = Optional.of(host);
    return host;
  }

  private static Hosted leftOut(Map.Entry<URI, String> plugin) {
    Path file = Path.of(plugin.getKey());
    return new Hosted(
        new Plugin(
            file.getFileName().toString(),
            "",
            file,
            State.INACTIVE,
            List.of(),
            Optional.of(plugin.getValue())),
        true);
  }

  private Map<String, String> variables(ExternalChecks.Launch launch) {
    Map<String, String> all = new LinkedHashMap<>(variables);
    all.putAll(launch.variables());
    return all;
  }

  /** Nothing is asked of it any more: it ends beside what follows, and is not waited for. */
  void end() {
    closed = true;
    latest.ifPresent(HostConnection::end);
  }

  /** Does not wait for a start that is under way. */
  @Override
  public void close() {
    closed = true;
    latest.ifPresent(HostConnection::close);
  }
}
