package dev.stravinsky.dist;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code stravinsky report --serve}, while it serves. */
final class ServedReport implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("http://\\S+");

  private final Process process;
  private final Path out;

  /**
   * @param out where it is to write what it says
   */
  ServedReport(User user, Path out) throws IOException {
    this.out = out;
    ProcessBuilder builder =
        new ProcessBuilder(Distribution.launcher().toString(), "report", "--serve")
            .redirectOutput(out.toFile());
    builder.environment().clear();
    builder.environment().putAll(user.variables());
    process = builder.start();
  }

  /** What a browser gets at the address that it says. */
  String page() throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address())).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private String address() throws IOException, InterruptedException {
    while (process.isAlive() && !ADDRESS.matcher(Files.readString(out)).find()) {
      Thread.sleep(20);
    }
    String said = Files.readString(out);
    Matcher found = ADDRESS.matcher(said);
    if (!found.find()) {
      throw new IllegalStateException("it says no address: " + said);
    }
    return found.group();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
