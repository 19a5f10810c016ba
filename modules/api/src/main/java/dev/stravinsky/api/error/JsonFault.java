package dev.stravinsky.api.error;

import java.util.regex.Pattern;

/** What a JSON library says of a text that is no JSON, as much of it as speaks to a person. */
public final class JsonFault {
  /** Where an object or list began: its library's reader does not keep that, and says so. */
  private static final Pattern NOWHERE = Pattern.compile("\\s*\\(start marker at \\[[^]]*]\\)");

  private JsonFault() {}

  /** The first line; further ones, and places that are not known, speak to programmers. */
  public static String sentence(String message) {
    String first = message.lines().findFirst().orElse("");
    String sentence = NOWHERE.matcher(first).replaceAll("").strip();
    return sentence.isEmpty() ? "not JSON" : sentence;
  }
}
