package dev.stravinsky.claude.settings;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The JSON Schema of settings, {@code settings.schema.json} beside this class. The validator and
 * the schema are loaded with the first use of this class, since they take longer to load than to
 * run.
 */
final class SettingsShape {
  private static final String LOGGING = "slf4j.internal.verbosity";
  private static final Schema SCHEMA = load();

  private static final Map<String, String> ARTICLES =
      Map.of(
          "object", "an object",
          "array", "an array",
          "string", "a string",
          "number", "a number",
          "boolean", "true or false");

  private SettingsShape() {}

  /** What is wrong with a value. */
  record Violation(String pointer, String message) {}

  static List<Violation> violations(JsonNode root) {
    List<Violation> violations = new ArrayList<>();
    for (Error error : SCHEMA.validate(root)) {
      String pointer = error.getInstanceLocation().toString();
      violations.add(new Violation(pointer, sentence(pointer, error)));
    }
    return violations.stream().distinct().toList();
  }

  private static String sentence(String pointer, Error error) {
    String where = LocatedJson.readable(pointer);
    JsonNode found = error.getInstanceNode();
    JsonNode wanted = error.getSchemaNode();
    return switch (error.getKeyword()) {
      case "type" -> where + " must be " + ARTICLES.get(wanted.asString()) + ", not " + kind(found);
      case "required" -> where + " has no \"" + error.getProperty() + "\"";
      case "const" -> where + " must be " + wanted;
      case "enum" -> where + " is " + found + ", which is none of " + wanted;
      case "minLength" -> where + " must not be empty";
      case "minimum" -> where + " must be at least " + wanted;
      case "exclusiveMinimum" -> where + " must be more than " + wanted;
      default -> where + ": " + error.getMessage();
    };
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array";
      case STRING -> "a string";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      default -> "null";
    };
  }

  private static Schema load() {
    // The validator logs through SLF4J, which without a provider would complain to the user.
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "ERROR");
    }
    try (InputStream in = SettingsShape.class.getResourceAsStream("settings.schema.json")) {
      if (in == null) {
        throw new IllegalStateException("settings.schema.json is not in the module");
      }
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
