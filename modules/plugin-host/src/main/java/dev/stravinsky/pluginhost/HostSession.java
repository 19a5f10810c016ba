package dev.stravinsky.pluginhost;

import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.spi.CheckContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Serves one command: reads requests, starts the plugins, runs their checks. One thread reads, so
 * that the end of the command is noticed whatever a plugin does; another one works.
 */
final class HostSession {
  private static final int FORMAT = 1;
  private static final int EXIT_DONE = 0;
  private static final int EXIT_FAILED = 1;
  private static final long STOP_MILLIS = 1_000;

  private final List<Path> folders;
  private final BufferedReader requests;
  private final ProtocolOutput answers;
  private final BlockingQueue<JsonNode> queue = new LinkedBlockingQueue<>();
  private final FoundServices services = new FoundServices();
  private final Map<Long, TimedRun> running = new ConcurrentHashMap<>();
  private final ContextReader contexts = new ContextReader(System.getenv(), Clock.systemUTC());
  private volatile Optional<PluginFramework> framework = Optional.empty();
  private volatile boolean failed;

  HostSession(List<Path> folders, InputStream requests, ProtocolOutput answers) {
    this.folders = folders;
    this.requests =
        new BufferedReader(new InputStreamReader(requests, StandardCharsets.UTF_8), 1 << 16);
    this.answers = answers;
  }

  /** Returns the exit status when the requests have ended. */
  int serve() throws IOException {
    BundleCache cache = BundleCache.create();
    try {
      FutureTask<PluginFramework> starting =
          new FutureTask<>(() -> PluginFramework.start(cache.directory()));
      Thread.ofPlatform().daemon().name("plugins").start(() -> work(starting));
      answers.send(
          ProtocolOutput.message("scratch").put("directory", cache.directory().toUri().toString()));
      for (String line = requests.readLine(); line != null; line = requests.readLine()) {
        JsonNode request = ProtocolJson.read(line);
        if (request.path("type").asString("").equals("cancel")) {
          // Not behind what waits: the worker may be busy with a plugin that hangs.
          Optional.ofNullable(running.get(request.path("request").asLong()))
              .ifPresent(TimedRun::cancel);
        } else {
          queue.add(request);
        }
      }
      framework.ifPresent(f -> f.stop(STOP_MILLIS));
      return failed ? EXIT_FAILED : EXIT_DONE;
    } finally {
      cache.remove();
    }
  }

  /** The framework needs nothing of the requests: it starts beside what reads the first. */
  private void work(FutureTask<PluginFramework> starting) {
    starting.run();
    Map<Long, CheckContext> known = new HashMap<>();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        JsonNode request = queue.take();
        switch (request.path("type").asString("")) {
          case "start" -> start(request, starting);
          case "context" -> {
            known.clear(); // A command's phases come one after the other; contexts are large.
            known.put(request.path("context").asLong(), contexts.read(request));
          }
          case "check" -> check(request, known);
          case "call" -> call(request);
          default -> throw new IllegalArgumentException("unknown request " + request.get("type"));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        e.printStackTrace();
        answers.send(ProtocolOutput.message("error").put("message", Sentences.of(e)));
      }
    }
  }

  private void start(JsonNode request, FutureTask<PluginFramework> starting) throws Exception {
    if (request.path("format").asInt() != FORMAT) {
      failed = true;
      throw new IllegalArgumentException("this host speaks format " + FORMAT + " only");
    }
    List<Path> skipped = new ArrayList<>();
    request.path("skip").forEach(uri -> skipped.add(Path.of(java.net.URI.create(uri.asString()))));
    PluginFramework felix = started(starting);
    framework = Optional.of(felix);
    List<HostedPlugin> plugins = new ArrayList<>();
    for (Path file : PluginFolder.files(folders)) {
      if (!skipped.contains(file)) {
        starting(file.toUri().toString());
        plugins.add(felix.install(file));
      }
    }
    Optional<String> noComponents = felix.startComponents(this::starting);
    ObjectNode description = ProtocolOutput.message("describe").put("format", FORMAT);
    for (HostedPlugin plugin : plugins) {
      HostedPlugin started = plugin;
      if (felix.isInstalled(plugin)) {
        starting(plugin.file().toUri().toString());
        started = felix.start(plugin, services);
        if (started.failed() && noComponents.isPresent()) {
          started = started.failing(started.reason().orElse("") + " (" + noComponents.get() + ")");
        }
      }
      description.withArray("plugins").add(started.json());
    }
    services.checks().values().forEach(check -> description.withArray("checks").add(check.json()));
    answers.send(description);
  }

  private static PluginFramework started(FutureTask<PluginFramework> starting) throws Exception {
    try {
      return starting.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }

  /** So that who is at fault is known by name if this process ends or hangs now. */
  private void starting(String what) {
    answers.send(ProtocolOutput.message("starting").put("plugin", what));
  }

  private void check(JsonNode request, Map<Long, CheckContext> known) {
    long id = request.path("request").asLong();
    ProvidedCheck check = services.checks().get(request.path("check").asString(""));
    CheckContext context = known.get(request.path("context").asLong());
    if (check == null || context == null) {
      refuse(id, check == null ? "there is no such check" : "no such context");
      return;
    }
    run(request, new CheckWork(check, context));
  }

  private void call(JsonNode request) {
    String kind = request.path("service").asString("");
    List<Object> called = services.of(request.path("plugin").asString(""), kind);
    if (called.isEmpty()) {
      refuse(request.path("request").asLong(), "it declares a " + kind + " but registers none");
      return;
    }
    run(request, new ServiceCall(called, request));
  }

  private void refuse(long id, String why) {
    answers.send(
        ProtocolOutput.message("done")
            .put("request", id)
            .put("ending", Ending.FAILED.name())
            .put("message", why));
  }

  private void run(JsonNode request, TimedRun.Work work) {
    long id = request.path("request").asLong();
    TimedRun run = new TimedRun(id, work, answers);
    // Before it starts: whoever gives it up at once must find it.
    running.put(id, run);
    run.start(Duration.ofMillis(request.path("time_limit_ms").asLong()));
  }
}
