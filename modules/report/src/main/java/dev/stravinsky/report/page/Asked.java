package dev.stravinsky.report.page;

import dev.stravinsky.api.error.StravinskyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;

/** An answer, or why there is none: what is damaged must not keep the rest from being shown. */
sealed interface Asked<T> {

  /** It could be read. */
  record Known<T>(T value) implements Asked<T> {}

  /** It could not. */
  record Unknown<T>(String why) implements Asked<T> {}

  /** A question to a service. */
  @FunctionalInterface
  interface Question<T> {
    T ask() throws IOException;
  }

  /** A question that takes another's answer. */
  @FunctionalInterface
  interface NextQuestion<T, R> {
    R ask(T value) throws IOException;
  }

  static <T> Asked<T> of(Question<T> question) {
    try {
      return new Known<>(question.ask());
    } catch (IOException | StravinskyException | UncheckedIOException e) {
      return new Unknown<>(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
  }

  /** The value, or another one where it is not known. */
  default T or(T other) {
    return this instanceof Known<T> known ? known.value() : other;
  }

  /** What is asked of the value; not known, for the same reason, where that is not. */
  default <R> Asked<R> then(NextQuestion<T, R> question) {
    return switch (this) {
      case Known<T> known -> of(() -> question.ask(known.value()));
      case Unknown<T> unknown -> new Unknown<>(unknown.why());
    };
  }

  /** A sentence of the value, or that and why it is not known. */
  default String said(Function<T, String> sentence) {
    return switch (this) {
      case Known<T> known -> sentence.apply(known.value());
      case Unknown<T> unknown -> "could not be read: " + Plain.of(unknown.why());
    };
  }

  default boolean isKnown() {
    return this instanceof Known;
  }
}
