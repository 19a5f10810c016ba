package dev.stravinsky.spi;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A check that looks at a configuration before, while or after it is updated. This is what most
 * plugins implement.
 *
 * <p>A validator is made once and asked from any thread, one call at a time. It only reads. If it
 * throws, that is reported as its failure; if it cannot look at all (a program is missing), it
 * throws {@link CouldNotCheckException}.
 */
public interface Validator {

  /** How long a check may take if it does not say. */
  Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(10);

  /** A short stable name, lower case with hyphens: {@code hooks-syntax}. */
  String id();

  /** When it runs. */
  Set<Phase> phases();

  /** When it is cut off. */
  default Duration timeLimit() {
    return DEFAULT_TIME_LIMIT;
  }

  /** The rule in a sentence or two, for {@code check --explain}. */
  default String explanation() {
    return "";
  }

  /** Everything that it finds, not only the first. */
  List<Finding> check(CheckContext context) throws Exception;
}
