package dev.stravinsky.chaos.toxiproxy;

import dev.stravinsky.chaos.toxiproxy.Toxic.Direction;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Proxies and toxics as JSON. */
final class Documents {
  private static final JsonMapper JSON = JsonMapper.shared();

  private Documents() {}

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static ArrayNode array() {
    return JSON.createArrayNode();
  }

  static JsonNode read(byte[] body) throws ApiException {
    try {
      JsonNode node = JSON.readTree(body);
      if (node == null || node.isMissingNode()) {
        throw ApiException.badBody("EOF");
      }
      return node;
    } catch (JacksonException e) {
      throw ApiException.badBody(e.getOriginalMessage());
    }
  }

  static JsonNode readObject(byte[] body) throws ApiException {
    JsonNode node = read(body);
    if (!node.isObject()) {
      throw ApiException.badBody("not an object");
    }
    return node;
  }

  static String text(JsonNode node, String field, String otherwise) throws ApiException {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isString()) {
      throw ApiException.badBody(field + " is not a string");
    }
    return value.stringValue();
  }

  static boolean truth(JsonNode node, String field, boolean otherwise) throws ApiException {
    JsonNode value = node.get(field);
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw ApiException.badBody(field + " is neither true nor false");
    }
    return value.booleanValue();
  }

  static double toxicity(JsonNode node, double otherwise) throws ApiException {
    JsonNode value = node.get("toxicity");
    if (value == null || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw ApiException.badBody("toxicity is not a number");
    }
    return value.doubleValue();
  }

  /** The attributes of the type; those that are not given stay as they are. */
  static Map<String, Long> attributes(JsonNode node, ToxicType type, Map<String, Long> before)
      throws ApiException {
    Map<String, Long> all = new HashMap<>();
    JsonNode given = node.get("attributes");
    if (given != null && !given.isNull() && !given.isObject()) {
      throw ApiException.badBody("attributes is not an object");
    }
    for (String name : type.attributes()) {
      JsonNode value = given == null ? null : given.get(name);
      if (value != null && !value.canConvertToExactIntegral()) {
        throw ApiException.badBody("attribute " + name + " is not a whole number");
      }
      all.put(name, value == null ? before.getOrDefault(name, 0L) : value.longValue());
    }
    return all;
  }

  static Toxic newToxic(JsonNode node) throws ApiException {
    Direction stream = stream(text(node, "stream", "downstream"));
    Optional<ToxicType> type = ToxicType.of(text(node, "type", ""));
    if (type.isEmpty()) {
      throw ApiException.invalidType();
    }
    String name = text(node, "name", "");
    String both = type.get().id() + "_" + stream.name().toLowerCase(Locale.ROOT);
    return new Toxic(
        name.isEmpty() ? both : name,
        type.get(),
        stream,
        toxicity(node, 1),
        attributes(node, type.get(), Map.of()));
  }

  private static Direction stream(String text) throws ApiException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "upstream" -> Direction.UPSTREAM;
      case "downstream" -> Direction.DOWNSTREAM;
      default -> throw ApiException.invalidStream();
    };
  }

  static ObjectNode write(Toxic toxic) {
    ObjectNode node = object();
    ObjectNode attributes = node.putObject("attributes");
    toxic.type().attributes().forEach(name -> attributes.put(name, toxic.attribute(name)));
    node.put("name", toxic.name());
    node.put("type", toxic.type().id());
    node.put("stream", toxic.stream().name().toLowerCase(Locale.ROOT));
    node.put("toxicity", toxic.toxicity());
    return node;
  }

  static ObjectNode write(TcpProxy proxy) {
    ObjectNode node = object();
    node.put("name", proxy.name());
    node.put("listen", proxy.listen());
    node.put("upstream", proxy.upstream());
    node.put("enabled", proxy.enabled());
    ArrayNode toxics = node.putArray("toxics");
    proxy.toxics().all().forEach(toxic -> toxics.add(write(toxic)));
    return node;
  }
}
