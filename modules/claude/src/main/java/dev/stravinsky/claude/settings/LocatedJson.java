package dev.stravinsky.claude.settings;

import dev.stravinsky.api.error.JsonFault;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON document of which is known in what line each value begins. Values are named by JSON
 * pointers (RFC 6901); a property's line is that of its name.
 */
public final class LocatedJson {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final JsonNode root;
  private final Map<String, Integer> lines;
  private final List<String> duplicates;

  private LocatedJson(JsonNode root, Map<String, Integer> lines, List<String> duplicates) {
    this.root = root;
    this.lines = lines;
    this.duplicates = List.copyOf(duplicates);
  }

  /** The content is no JSON. */
  public static final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    NotJsonException(String message, int line) {
      super(message);
      this.line = line;
    }

    /** Counted from 1. */
    public int line() {
      return line;
    }
  }

  /** Reads strict JSON: one value, no comments. */
  public static LocatedJson parse(byte[] content) throws NotJsonException {
    Reading reading = new Reading();
    try (JsonParser parser = MAPPER.createParser(content)) {
      if (parser.nextToken() == null) {
        throw new NotJsonException("the file is empty", 1);
      }
      reading.value(parser, "");
      if (parser.nextToken() != null) {
        throw new NotJsonException(
            "there is more after the end of the JSON value",
            parser.currentTokenLocation().getLineNr());
      }
      return new LocatedJson(MAPPER.readTree(content), reading.lines, reading.duplicates);
    } catch (JacksonException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new NotJsonException(JsonFault.sentence(e.getOriginalMessage()), line);
    }
  }

  public JsonNode root() {
    return root;
  }

  /** The line of a value, or of the nearest value around it. */
  public OptionalInt line(String pointer) {
    String nearest = pointer;
    while (!lines.containsKey(nearest) && !nearest.isEmpty()) {
      nearest = nearest.substring(0, nearest.lastIndexOf('/'));
    }
    Integer line = lines.get(nearest);
    return line == null ? OptionalInt.empty() : OptionalInt.of(line);
  }

  /** Pointers of properties that an object has twice; the last one counts. */
  public List<String> duplicates() {
    return duplicates;
  }

  /** A pointer with one more property or index. */
  public static String child(String pointer, Object nameOrIndex) {
    return pointer + "/" + nameOrIndex.toString().replace("~", "~0").replace("/", "~1");
  }

  /** A pointer for people: {@code hooks.PreToolUse[0].matcher}. */
  public static String readable(String pointer) {
    StringBuilder text = new StringBuilder();
    String[] names = pointer.split("/");
    for (int i = 1; i < names.length; i++) {
      String name = names[i].replace("~1", "/").replace("~0", "~");
      if (name.matches("\\d+")) {
        text.append('[').append(name).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(name);
      }
    }
    return text.isEmpty() ? "the file" : text.toString();
  }

  private static final class Reading {
    private final Map<String, Integer> lines = new HashMap<>();
    private final List<String> duplicates = new ArrayList<>();

    void value(JsonParser parser, String pointer) {
      lines.putIfAbsent(pointer, parser.currentTokenLocation().getLineNr());
      if (parser.currentToken() == JsonToken.START_OBJECT) {
        object(parser, pointer);
      } else if (parser.currentToken() == JsonToken.START_ARRAY) {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
          value(parser, child(pointer, i));
        }
      }
    }

    private void object(JsonParser parser, String pointer) {
      Set<String> seen = new HashSet<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String property = child(pointer, parser.currentName());
        if (!seen.add(property)) {
          duplicates.add(property);
        }
        lines.put(property, parser.currentTokenLocation().getLineNr());
        parser.nextToken();
        value(parser, property);
      }
    }
  }
}
