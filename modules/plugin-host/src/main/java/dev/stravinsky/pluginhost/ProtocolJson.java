package dev.stravinsky.pluginhost;

import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The protocol's lines as trees, by Jackson's streams and nodes alone: its mapper takes longer to
 * make ready than this process takes for all the lines of a command.
 */
final class ProtocolJson {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ProtocolJson() {}

  static ObjectNode object() {
    return NODES.objectNode();
  }

  /** Throws JacksonException if it is no JSON. */
  static JsonNode read(String line) {
    try (JsonParser parser = FACTORY.createParser(line)) {
      parser.nextToken();
      return value(parser);
    }
  }

  /** Ends with a line feed, and has no other one. */
  static byte[] line(ObjectNode object) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator generator = FACTORY.createGenerator(line)) {
      write(object, generator);
      generator.writeRaw('\n');
    }
    return line.toByteArray();
  }

  private static void write(JsonNode node, JsonGenerator generator) {
    switch (node.getNodeType()) {
      case OBJECT -> {
        generator.writeStartObject();
        node.forEachEntry(
            (name, value) -> {
              generator.writeName(name);
              write(value, generator);
            });
        generator.writeEndObject();
      }
      case ARRAY -> {
        generator.writeStartArray();
        node.forEach(element -> write(element, generator));
        generator.writeEndArray();
      }
      case STRING -> generator.writeString(node.stringValue());
      case BINARY -> generator.writeBinary(node.binaryValue());
      case NUMBER -> generator.writeNumber(node.longValue()); // Throws for one that is not whole.
      case BOOLEAN -> generator.writeBoolean(node.booleanValue());
      default -> throw new IllegalArgumentException("no answer has a " + node.getNodeType());
    }
  }

  private static JsonNode value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new IllegalArgumentException("the request is no JSON value");
    };
  }

  private static JsonNode object(JsonParser parser) {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      object.set(name, value(parser));
    }
    return object;
  }

  private static JsonNode array(JsonParser parser) {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static JsonNode number(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      case BIG_INTEGER -> NODES.numberNode(parser.getBigIntegerValue());
      default -> NODES.numberNode(parser.getDecimalValue());
    };
  }
}
