package dev.stravinsky.config;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers everything that is wrong with one source of settings. */
final class Faults {
  private final List<Problem> problems = new ArrayList<>();
  private final Optional<Path> file;

  private Faults(Optional<Path> file) {
    this.file = file;
  }

  static Faults in(Path file) {
    return new Faults(Optional.of(file));
  }

  /** Of what was typed or stands in the environment. */
  static Faults ofWords() {
    return new Faults(Optional.empty());
  }

  /** A value that cannot be taken, told with its JSON path. */
  void add(String jsonPath, Json where, String message) {
    add(ErrorKind.SCHEMA_ERROR, where.span().line(), jsonPath + ": " + message);
  }

  void add(ErrorKind kind, int line, String message) {
    Problem problem = Problem.of(kind, message);
    problems.add(
        file.map(f -> problem.inFile(f).atLine(line))
            .orElse(problem)
            .leaving("nothing was changed")
            .next(file.isPresent() ? "stravinsky config validate" : "stravinsky config show"));
  }

  void addAll(Faults others) {
    problems.addAll(others.problems);
  }

  boolean none() {
    return problems.isEmpty();
  }

  /** Throws a {@link UsageException} with all that was gathered, if anything was. */
  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }
}
