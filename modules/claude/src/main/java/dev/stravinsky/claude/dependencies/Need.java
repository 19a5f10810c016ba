package dev.stravinsky.claude.dependencies;

/** What a command needs to be there. */
sealed interface Need {

  /** A program that is looked for on the {@code PATH}. */
  record Program(String name) implements Need {}

  /**
   * A file by its path.
   *
   * @param direct whether it is started itself, not read by an interpreter
   */
  record Script(String path, boolean direct) implements Need {}
}
