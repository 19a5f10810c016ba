package dev.stravinsky.claude.dependencies;

/** What a command needs to be there. */
public sealed interface Need {

  /** A program that is looked for on the {@code PATH}. */
  record Program(String name) implements Need {}

  /**
   * A file by its path.
   *
   * @param reader the program that reads it, as it is written; empty if the file is itself started
   */
  record Script(String path, String reader) implements Need {
    /** Whether it is started itself, not read by an interpreter. */
    public boolean direct() {
      return reader.isEmpty();
    }
  }
}
