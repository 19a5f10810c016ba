package dev.stravinsky.report;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * A headless Chromium with one tab, driven by its DevTools protocol
 * (https://chromedevtools.github.io/devtools-protocol/).
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> loads = new LinkedBlockingQueue<>();
  private String session = "";

  private Browser(Process process, String address) throws Exception {
    this.process = process;
    this.socket =
        client
            .newWebSocketBuilder()
            .buildAsync(URI.create(address), new Listener())
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    JsonNode tab = send("Target.createTarget", Map.of("url", "about:blank"));
    Map<String, Object> attach =
        Map.of("targetId", tab.get("targetId").asString(), "flatten", true);
    session = send("Target.attachToTarget", attach).get("sessionId").asString();
    for (String domain : List.of("Page", "Runtime", "Log", "Accessibility")) {
      send(domain + ".enable", Map.of());
    }
  }

  /** Where one is on the PATH. */
  static Optional<Path> program() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Stream.of(System.getenv("PATH").split(":")).map(dir -> Path.of(dir).resolve(name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts one with a profile of its own in an empty directory. */
  static Browser start(Path program, Path profile) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--no-sandbox", // Only our own pages are opened, and root has no other way.
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-extensions",
                "--disable-background-networking",
                "--no-first-run",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("browser.log").toFile());
    builder.environment().put("HOME", profile.toString());
    builder.environment().put("TMPDIR", profile.toString());
    Process process = builder.start();
    Path port = profile.resolve("DevToolsActivePort");
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(port) || Files.readAllLines(port).size() < 2) {
      if (!process.isAlive() || System.nanoTime() - giveUp > 0) {
        process.destroyForcibly();
        throw new IOException(Files.readString(profile.resolve("browser.log")));
      }
      Thread.sleep(50);
    }
    List<String> lines = Files.readAllLines(port);
    return new Browser(process, "ws://127.0.0.1:" + lines.get(0) + lines.get(1));
  }

  /** What the browser's console says. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      message.append(data);
      if (last) {
        heard(JSON.readTree(message.toString()));
        message.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  private void heard(JsonNode message) {
    if (message.has("id")) {
      asked.remove(message.get("id").asInt()).complete(message);
      return;
    }
    JsonNode params = message.get("params");
    switch (message.get("method").asString()) {
      case "Page.loadEventFired" -> loads.add("loaded");
      case "Page.javascriptDialogOpening", "Runtime.exceptionThrown", "Log.entryAdded" ->
          complaints.add(params.toString());
      case "Runtime.consoleAPICalled" -> {
        if (!params.get("type").asString().equals("log")) {
          complaints.add(params.toString());
        }
      }
      default -> {
        // Nothing that was asked for.
      }
    }
  }

  JsonNode send(String method, Map<String, Object> params) throws Exception {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    Map<String, Object> message = new HashMap<>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", params);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(JSON.writeValueAsString(message), true).join();
    JsonNode given = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (given.has("error")) {
      throw new IOException(method + ": " + given.get("error"));
    }
    return given.get("result");
  }

  /** Opens an address and waits until all of it is there. */
  void open(URI address) throws Exception {
    loads.clear();
    send("Page.navigate", Map.of("url", address.toString()));
    if (loads.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS) == null) {
      throw new IOException("not loaded: " + address);
    }
  }

  /** The value of an expression in the page. */
  JsonNode ask(String expression) throws Exception {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new IOException(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.get("result").path("value");
  }

  /** The expression becomes true, sooner or later. */
  void waitFor(String expression) throws Exception {
    long giveUp = System.nanoTime() + PATIENCE.toNanos();
    while (!ask(expression).asBoolean()) {
      if (System.nanoTime() - giveUp > 0) {
        throw new IOException("never true: " + expression);
      }
      Thread.sleep(50);
    }
  }

  /** Types a key that has no character, such as Tab, or Enter. */
  void press(String key, int code) throws Exception {
    String text = key.equals("Enter") ? "\r" : "";
    for (String type : List.of("keyDown", "keyUp")) {
      send(
          "Input.dispatchKeyEvent",
          Map.of(
              "type", type, "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text));
    }
  }

  /** A window of this size, in the light or the dark. */
  void look(int width, int height, boolean mobile, String scheme) throws Exception {
    send(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
    send(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
  }

  /** Keeps what can be seen now. */
  void screenshot(Path file) throws Exception {
    JsonNode taken = send("Page.captureScreenshot", Map.of("format", "png"));
    Files.createDirectories(file.getParent());
    Files.write(file, Base64.getDecoder().decode(taken.get("data").asString()));
  }

  /** Errors, warnings, dialogs and what a policy refused, since the last time. */
  List<String> complaints() {
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  @Override
  public void close() throws Exception {
    socket.abort();
    client.shutdownNow();
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    process.waitFor(10, TimeUnit.SECONDS);
    process.destroyForcibly().waitFor();
    children.forEach(ProcessHandle::destroyForcibly);
  }
}
