package dev.stravinsky.transaction;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One JSON object as bytes. Written as a stream: every command that changes something writes some,
 * and none should wait for a mapper, which takes longer to make than all the rest; read as a tree,
 * by those few that find something left by another.
 */
final class JsonRecord {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonRecord() {}

  /** Made when something is read. */
  private static final class Reader {
    static final JsonMapper MAPPER = JsonMapper.builder().build();
  }

  static byte[] write(Consumer<JsonGenerator> fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      fields.accept(json);
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  /** Throws JacksonException if it is no JSON. */
  static JsonNode read(byte[] record) {
    return Reader.MAPPER.readTree(record);
  }
}
