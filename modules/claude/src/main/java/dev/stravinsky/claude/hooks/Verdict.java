package dev.stravinsky.claude.hooks;

/** What an interpreter says of a script. */
sealed interface Verdict {

  /** Well-formed. */
  record Sound() implements Verdict {}

  /**
   * Not well-formed.
   *
   * @param certain whether the interpreter that said so is the one that would run it
   */
  record Broken(int line, String message, boolean certain) implements Verdict {}

  /** Nobody could look; for example {@code no node on the PATH}. */
  record NotChecked(String reason) implements Verdict {}
}
