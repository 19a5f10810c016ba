package dev.stravinsky.api.error;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The root of every exception that the product throws on purpose. It carries all problems found,
 * not only the first, and the exit status that tells a script what kind of ending it was.
 *
 * <p>Expected endings (blocked, rolled back) are results; an exception is thrown where a rule was
 * broken. Subclasses are named after that rule.
 */
public class StravinskyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;
  private final ExitStatus exitStatus;

  /** Throws {@link IllegalArgumentException} if there is no problem in the list. */
  public StravinskyException(ExitStatus exitStatus, List<Problem> problems, Throwable cause) {
    super(sentence(problems), cause);
    this.problems = List.copyOf(problems);
    this.exitStatus = exitStatus;
  }

  public StravinskyException(ExitStatus exitStatus, Problem problem) {
    this(exitStatus, List.of(problem), null);
  }

  public StravinskyException(ExitStatus exitStatus, Problem problem, Throwable cause) {
    this(exitStatus, List.of(problem), cause);
  }

  /** All that is wrong, at least one. */
  public List<Problem> problems() {
    return problems;
  }

  /** The kind of the first problem. */
  public ErrorKind kind() {
    return problems.getFirst().kind();
  }

  public ExitStatus exitStatus() {
    return exitStatus;
  }

  private static String sentence(List<Problem> problems) {
    if (problems.isEmpty()) {
      throw new IllegalArgumentException("an exception needs a problem");
    }
    return problems.stream().map(Problem::located).collect(Collectors.joining("\n"));
  }
}
