package dev.stravinsky.validator.external;

import dev.stravinsky.spi.Cancellation;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** All services of one kind of one plugin, as they are asked across the protocol. */
final class HostedService {
  private final PluginHost host;
  private final DeclaredPlugin plugin;
  private final String kind;
  private final UnaryOperator<Duration> limits;
  private volatile Optional<String> givenUp = Optional.empty();

  /**
   * @param limits makes of a kind's time limit the one that holds
   */
  HostedService(
      PluginHost host, DeclaredPlugin plugin, String kind, UnaryOperator<Duration> limits) {
    this.host = host;
    this.plugin = plugin;
    this.kind = kind;
    this.limits = limits;
  }

  /** The plugin's name as it is shown. */
  String id() {
    return "plugin/" + plugin.name();
  }

  DeclaredPlugin plugin() {
    return plugin;
  }

  /** Asks it; its answer's {@code result}. */
  JsonNode call(String method, Duration limit, Consumer<JsonGenerator> arguments)
      throws PluginFailedException {
    return call(method, limit, Cancellation.NEVER, arguments);
  }

  /**
   * Asks it; its answer's {@code result}.
   *
   * @throws PluginFailedException if it threw, hung, ended the host or does not run. One that hung
   *     or ended the host is not asked again, so that it costs a command its time only once
   */
  JsonNode call(
      String method, Duration limit, Cancellation cancellation, Consumer<JsonGenerator> arguments)
      throws PluginFailedException {
    if (givenUp.isPresent()) {
      throw failed("it was not asked again: " + givenUp.get());
    }
    Consumer<JsonGenerator> question =
        out -> {
          out.writeStringProperty("plugin", plugin.name());
          out.writeStringProperty("service", kind);
          out.writeStringProperty("method", method);
          arguments.accept(out);
        };
    try {
      host.requireActive(plugin.file());
      return host.call(question, limits.apply(limit), cancellation);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed("interrupted while it was asked");
    } catch (TimeoutException | HostEndedException e) {
      givenUp = Optional.of(e.getMessage());
      throw failed(e.getMessage());
    } catch (CheckFailedException | IOException e) {
      throw failed(PlainText.line(e.getMessage()));
    }
  }

  /** The same failure for an answer that makes no sense. */
  PluginFailedException failed(String why) {
    return new PluginFailedException(
        "the plugin " + plugin.name() + " failed as " + kind + ": " + why);
  }
}
