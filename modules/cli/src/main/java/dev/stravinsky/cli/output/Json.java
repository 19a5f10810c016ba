package dev.stravinsky.cli.output;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;

/**
 * Output for programs: one JSON value, indented, with {@code "format": 1} in each top-level object.
 * The fields are documented in {@code docs/json-output.md} and stable.
 */
public final class Json {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private Json() {}

  /** A top-level object to be filled. */
  public static Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("format", 1);
    return document;
  }

  /**
   * Prints a value made of maps, collections, texts, numbers, booleans, durations and optionals.
   */
  public static void print(PrintStream out, Object value) {
    ObjectWriteContext indented =
        new ObjectWriteContext.Base() {
          @Override
          public DefaultPrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter();
          }

          @Override
          public boolean hasPrettyPrinter() {
            return true;
          }
        };
    try (JsonGenerator generator = FACTORY.createGenerator(indented, out)) {
      write(generator, value);
    }
    out.println();
  }

  /** The same in a single line, for output that goes on. */
  public static void printLine(PrintStream out, Object value) {
    try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      write(generator, value);
    }
    out.println();
  }

  private static void write(JsonGenerator generator, Object value) {
    switch (value) {
      case null -> generator.writeNull();
      case Map<?, ?> map -> {
        generator.writeStartObject();
        map.forEach(
            (name, each) -> {
              generator.writeName(String.valueOf(name));
              write(generator, each);
            });
        generator.writeEndObject();
      }
      case Collection<?> values -> {
        generator.writeStartArray();
        values.forEach(each -> write(generator, each));
        generator.writeEndArray();
      }
      case Optional<?> optional -> write(generator, optional.orElse(null));
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case Boolean truth -> generator.writeBoolean(truth);
      case Duration duration -> generator.writeNumber(duration.toMillis() / 1000.0);
      default -> generator.writeString(value.toString());
    }
  }
}
