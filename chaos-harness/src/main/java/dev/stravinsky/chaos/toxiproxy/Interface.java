package dev.stravinsky.chaos.toxiproxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The HTTP interface: reads a request, does it, writes the answer. */
final class Interface implements HttpHandler {
  /** The interface's version, which clients ask for. */
  private static final String VERSION = "2.12.0";

  private static final String JSON = "application/json";

  private final ProxyTable proxies;

  Interface(ProxyTable proxies) {
    this.proxies = proxies;
  }

  /** What is said to a request. */
  private record Answer(int status, String type, String body) {
    static Answer of(JsonNode node) {
      return new Answer(200, JSON, node.toString());
    }

    static Answer created(JsonNode node) {
      return new Answer(201, JSON, node.toString());
    }

    static Answer done() {
      return new Answer(204, JSON, "");
    }

    static Answer plain(int status, String words) {
      return new Answer(status, "text/plain; charset=utf-8", words + "\n");
    }

    static Answer of(ApiException refusal) {
      ObjectNode node = Documents.object();
      node.put("error", refusal.getMessage());
      node.put("status", refusal.status());
      return new Answer(refusal.status(), JSON, node + "\n");
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String agent = exchange.getRequestHeaders().getFirst("User-Agent");
      Answer answer =
          agent != null && agent.startsWith("Mozilla/")
              ? Answer.plain(403, "User agent not allowed") // No web page is to command it.
              : answer(exchange.getRequestMethod(), words(exchange), body);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(bytes);
      }
    }
  }

  private static List<String> words(HttpExchange exchange) {
    return Stream.of(exchange.getRequestURI().getRawPath().substring(1).split("/", -1))
        .map(word -> URLDecoder.decode(word.replace("+", "%2B"), StandardCharsets.UTF_8))
        .toList();
  }

  private Answer answer(String method, List<String> words, byte[] body) {
    try {
      return switch (words.size()) {
        case 1 -> top(method, words.getFirst(), body);
        case 2 -> words.getFirst().equals("proxies") ? proxy(method, words.get(1), body) : none();
        case 3, 4 ->
            words.getFirst().equals("proxies") && words.get(2).equals("toxics")
                ? toxics(method, words, body)
                : none();
        default -> none();
      };
    } catch (ApiException e) {
      return Answer.of(e);
    }
  }

  private static Answer none() {
    return Answer.plain(404, "404 page not found");
  }

  private static Answer notAllowed() {
    return new Answer(405, "text/plain; charset=utf-8", "");
  }

  private Answer top(String method, String word, byte[] body) throws ApiException {
    return switch (word) {
      case "version" -> method.equals("GET") ? version() : notAllowed();
      case "reset" -> method.equals("POST") ? reset() : notAllowed();
      case "populate" -> method.equals("POST") ? populate(body) : notAllowed();
      case "proxies" ->
          switch (method) {
            case "GET" -> all();
            case "POST" ->
                Answer.created(Documents.write(proxies.create(Documents.readObject(body))));
            default -> notAllowed();
          };
      default -> none();
    };
  }

  private static Answer version() {
    return Answer.of(Documents.object().put("version", VERSION));
  }

  private Answer reset() throws ApiException {
    proxies.reset();
    return Answer.done();
  }

  private Answer all() {
    ObjectNode node = Documents.object();
    proxies.all().forEach(proxy -> node.set(proxy.name(), Documents.write(proxy)));
    return Answer.of(node);
  }

  /** Says which there are also where one could not be made. */
  private Answer populate(byte[] body) {
    List<TcpProxy> done = new ArrayList<>();
    ObjectNode node = Documents.object();
    int status = 201;
    try {
      proxies.populate(Documents.read(body), done);
    } catch (ApiException e) {
      node.put("error", e.getMessage());
      node.put("status", e.status());
      status = e.status();
    }
    ArrayNode list = node.putArray("proxies");
    done.forEach(proxy -> list.add(Documents.write(proxy)));
    return new Answer(status, JSON, node.toString());
  }

  private Answer proxy(String method, String name, byte[] body) throws ApiException {
    TcpProxy proxy = proxies.get(name);
    return switch (method) {
      case "GET" -> Answer.of(Documents.write(proxy));
      case "POST", "PATCH" -> {
        JsonNode node = Documents.readObject(body);
        proxy.update(
            Documents.text(node, "listen", proxy.listen()),
            Documents.text(node, "upstream", proxy.upstream()),
            Documents.truth(node, "enabled", proxy.enabled()));
        yield Answer.of(Documents.write(proxy));
      }
      case "DELETE" -> {
        proxies.remove(name);
        yield Answer.done();
      }
      default -> notAllowed();
    };
  }

  private Answer toxics(String method, List<String> words, byte[] body) throws ApiException {
    ToxicTable toxics = proxies.get(words.get(1)).toxics();
    return words.size() == 3
        ? list(method, toxics, body)
        : toxic(method, toxics, words.get(3), body);
  }

  private static Answer list(String method, ToxicTable toxics, byte[] body) throws ApiException {
    return switch (method) {
      case "GET" -> {
        ArrayNode list = Documents.array();
        toxics.all().forEach(toxic -> list.add(Documents.write(toxic)));
        yield Answer.of(list);
      }
      case "POST" -> {
        Toxic toxic = Documents.newToxic(Documents.readObject(body));
        toxics.add(toxic);
        yield Answer.of(Documents.write(toxic));
      }
      default -> notAllowed();
    };
  }

  private static Answer toxic(String method, ToxicTable toxics, String name, byte[] body)
      throws ApiException {
    Toxic toxic = toxics.get(name);
    return switch (method) {
      case "GET" -> Answer.of(Documents.write(toxic));
      case "POST", "PATCH" -> {
        JsonNode node = Documents.readObject(body);
        Toxic next =
            toxic.with(
                Documents.toxicity(node, toxic.toxicity()),
                Documents.attributes(node, toxic.type(), toxic.attributes()));
        toxics.replace(next);
        yield Answer.of(Documents.write(next));
      }
      case "DELETE" -> {
        toxics.remove(name);
        yield Answer.done();
      }
      default -> notAllowed();
    };
  }
}
