package dev.stravinsky.config;

import dev.stravinsky.api.error.JsonFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/** Reads JSON text into {@link Json}; of broken text, what stands before the break. */
final class JsonText {
  private final JsonParser parser;
  private Optional<Fault> fault = Optional.empty();

  private JsonText(JsonParser parser) {
    this.parser = parser;
  }

  /** Where and why text is not JSON. */
  record Fault(int line, String message) {}

  /**
   * What was read.
   *
   * @param root empty if there is nothing at all
   * @param fault why the reading stopped early; {@code root} then has what came before
   */
  record Parsed(Optional<Json> root, Optional<Fault> fault) {}

  static Parsed parse(String text) {
    try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
      JsonText reading = new JsonText(parser);
      Optional<Json> root = reading.root();
      return new Parsed(root, reading.fault);
    }
  }

  private Optional<Json> root() {
    Optional<Json> root = next() == null ? Optional.empty() : Optional.of(value());
    if (fault.isEmpty() && root.isPresent() && next() != null) {
      fail(parser.currentTokenLocation().getLineNr(), "more text behind the end of the JSON value");
    }
    return root;
  }

  /** The next token; null at the end and after a fault. */
  private JsonToken next() {
    if (fault.isPresent()) {
      return null;
    }
    try {
      return parser.nextToken();
    } catch (JacksonException e) {
      fail(e);
      return null;
    }
  }

  private Json value() {
    TokenStreamLocation at = parser.currentTokenLocation();
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(at);
      case START_ARRAY -> items(at);
      case VALUE_TRUE -> new Json.Truth(span(at, 4), true);
      case VALUE_FALSE -> new Json.Truth(span(at, 5), false);
      case VALUE_STRING -> text(at);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          new Json.Numeral(span(at, parser.getString().length()), parser.getString());
      default -> new Json.Nothing(span(at, 4));
    };
  }

  private Json text(TokenStreamLocation at) {
    try {
      String text = parser.getString(); // Only now is it read up to its end.
      return new Json.Text(spanToHere(at), text);
    } catch (JacksonException e) {
      fail(e);
      return new Json.Nothing(spanToHere(at));
    }
  }

  private Json members(TokenStreamLocation at) {
    List<Json.Member> members = new ArrayList<>();
    while (next() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      Json.Span nameSpan = span(parser.currentTokenLocation(), name.length() + 2);
      if (next() != null) {
        Json value = value();
        if (fault.isEmpty() || !(value instanceof Json.Nothing)) {
          members.add(new Json.Member(name, nameSpan, value));
        }
      }
    }
    return new Json.Members(spanToHere(at), members);
  }

  private Json items(TokenStreamLocation at) {
    List<Json> items = new ArrayList<>();
    for (JsonToken token = next(); token != null && token != JsonToken.END_ARRAY; token = next()) {
      items.add(value());
    }
    return new Json.Items(spanToHere(at), items);
  }

  private Json.Span span(TokenStreamLocation at, int length) {
    int start = (int) at.getCharOffset();
    return new Json.Span(at.getLineNr(), start, start + length);
  }

  private Json.Span spanToHere(TokenStreamLocation at) {
    return new Json.Span(
        at.getLineNr(), (int) at.getCharOffset(), (int) parser.currentLocation().getCharOffset());
  }

  private void fail(JacksonException e) {
    TokenStreamLocation at = e.getLocation();
    fail(at == null ? 1 : at.getLineNr(), e.getOriginalMessage());
  }

  private void fail(int line, String message) {
    fault = Optional.of(new Fault(line, JsonFault.sentence(message)));
  }
}
