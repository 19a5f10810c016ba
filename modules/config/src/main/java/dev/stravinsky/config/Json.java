package dev.stravinsky.config;

import java.util.List;

/** A JSON value and where it stands in the text that it was read from. */
sealed interface Json {

  Span span();

  /** For messages: what it is, short and without its whole content. */
  String describe();

  /**
   * A stretch of the text.
   *
   * @param line of its start, counted from 1
   * @param start the first character's offset
   * @param end the offset behind the last one
   */
  record Span(int line, int start, int end) {}

  /** An object with its members as written, doubled names too. */
  record Members(Span span, List<Member> members) implements Json {
    public Members {
      members = List.copyOf(members);
    }

    @Override
    public String describe() {
      return "an object";
    }
  }

  /** A name in an object and what it stands for. */
  record Member(String name, Span nameSpan, Json value) {}

  /** An array. */
  record Items(Span span, List<Json> items) implements Json {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String describe() {
      return "an array";
    }
  }

  /** Text. */
  record Text(Span span, String text) implements Json {
    private static final int SHOWN = 40;

    @Override
    public String describe() {
      return "the text "
          + JsonWriting.quoted(text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text);
    }
  }

  /** A number, as written. */
  record Numeral(Span span, String literal) implements Json {
    @Override
    public String describe() {
      return literal;
    }
  }

  /** {@code true} or {@code false}. */
  record Truth(Span span, boolean value) implements Json {
    @Override
    public String describe() {
      return String.valueOf(value);
    }
  }

  /** {@code null}. */
  record Nothing(Span span) implements Json {
    @Override
    public String describe() {
      return "null";
    }
  }
}
