package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Everything is tried, and the first failure is thrown with the others in it. */
final class FailuresTest {
  private final Failures failures = new Failures();

  @Test
  void throwFirst_nothingFailed_returns() {
    assertThat(failures.collect(() -> {})).isTrue();
    assertThatCode(failures::throwFirst).doesNotThrowAnyException();
  }

  @Test
  void throwFirst_severalFailed_theFirstWithTheOthersInIt() {
    IOException first = new IOException("first");
    IllegalStateException second = new IllegalStateException("second");
    assertThat(failures.collect(() -> throwing(first))).isFalse();
    assertThat(failures.collect(() -> throwing(second))).isFalse();
    assertThat(failures.collect(() -> {})).isTrue();
    assertThatThrownBy(failures::throwFirst).isSameAs(first).hasSuppressedException(second);
  }

  @Test
  void throwFirst_uncheckedFailure_isThrownAsItIs() {
    IllegalStateException only = new IllegalStateException("only");
    failures.collect(() -> throwing(only));
    assertThatThrownBy(failures::throwFirst).isSameAs(only);
  }

  private static void throwing(Exception failure) throws IOException {
    switch (failure) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new AssertionError(failure);
    }
  }
}
