package dev.stravinsky.config;

import java.util.Optional;

/**
 * What values a key takes.
 *
 * @param <T> a value
 */
interface Kind<T> {

  /** For messages: {@code true or false}. */
  String expected();

  /** The value; empty after telling {@code faults} what is wrong. */
  Optional<T> read(Json json, String jsonPath, Faults faults);

  /** The value as JSON. */
  String write(T value);

  /**
   * What a person typed, as JSON text; text that is no value stays what it is, for {@link #read} to
   * refuse.
   */
  default String fromWord(String word) {
    return word.strip();
  }

  /** Tells of a value of another type. */
  default <N> Optional<N> refuse(Json json, String jsonPath, Faults faults) {
    faults.add(jsonPath, json, "must be " + expected() + ", but is " + json.describe());
    return Optional.empty();
  }
}
