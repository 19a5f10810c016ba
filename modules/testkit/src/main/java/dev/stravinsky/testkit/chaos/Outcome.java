package dev.stravinsky.testkit.chaos;

/**
 * How the code under test ended.
 *
 * @param <T> what it returns
 */
public sealed interface Outcome<T> {
  /**
   * It returned.
   *
   * @param value what
   */
  record Returned<T>(T value) implements Outcome<T> {}

  /**
   * It threw.
   *
   * @param exception what; never an {@link Error}, which fails the test
   */
  record Threw<T>(Exception exception) implements Outcome<T> {}

  /**
   * The process was killed. {@code sandbox().restartAfterKill()} begins the next one.
   *
   * @param where in place of which operation
   */
  record Killed<T>(String where) implements Outcome<T> {}
}
