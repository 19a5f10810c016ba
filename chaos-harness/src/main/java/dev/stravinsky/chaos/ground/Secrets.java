package dev.stravinsky.chaos.ground;

import dev.stravinsky.api.Redaction;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Takes out of texts what looks like a secret before anything else sees them, so that no report,
 * trace or error can have it. In JSON that is every value of {@code env} and of a name that says
 * so, with as many letters as before; the same words in other files go too.
 */
final class Secrets {
  private static final int WORTH_LOOKING_FOR = 8;

  private final Set<String> known = new TreeSet<>((a, b) -> b.compareTo(a));

  /** Finds the secrets of a JSON text, to be taken out everywhere; of another text nothing. */
  void learn(byte[] content) {
    text(content).ifPresent(t -> json(t).ifPresent(node -> masked(node, "", false)));
  }

  /** The content without its secrets; bytes that are no text stay as they are. */
  byte[] without(byte[] content) {
    return text(content)
        .map(t -> json(t).map(node -> json(t, node)).orElseGet(() -> Redaction.ofFile(t)))
        .map(this::withoutKnown)
        .map(t -> t.getBytes(StandardCharsets.UTF_8))
        .orElse(content);
  }

  /** As it was written, layout and all, if there is nothing to be hidden. */
  private String json(String before, JsonNode node) {
    JsonNode hidden = masked(node, "", false);
    return hidden.equals(node) ? before : hidden.toPrettyString() + "\n";
  }

  private String withoutKnown(String text) {
    String hidden = text;
    for (String secret : known) {
      hidden = hidden.replace(secret, veil(secret));
    }
    return hidden;
  }

  private JsonNode masked(JsonNode node, String name, boolean inEnv) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = object.objectNode();
        for (Map.Entry<String, JsonNode> each : object.properties()) {
          boolean env = inEnv || each.getKey().equals("env");
          copy.set(each.getKey(), masked(each.getValue(), each.getKey(), env));
        }
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = array.arrayNode();
        array.forEach(each -> copy.add(masked(each, name, inEnv)));
        yield copy;
      }
      case StringNode text -> StringNode.valueOf(masked(text.stringValue(), name, inEnv));
      default -> node;
    };
  }

  private String masked(String value, String name, boolean inEnv) {
    if (!inEnv && !Redaction.isSecretName(name)) {
      return Redaction.of(value);
    }
    if (value.length() >= WORTH_LOOKING_FOR) {
      known.add(value);
    }
    return veil(value);
  }

  private static String veil(String secret) {
    return "x".repeat(secret.length());
  }

  private static Optional<JsonNode> json(String text) {
    try {
      JsonNode node = JsonMapper.shared().readTree(text);
      return node.isContainer() ? Optional.of(node) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty(); // Not JSON, or damaged: a text like any other.
    }
  }

  private static Optional<String> text(byte[] content) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
