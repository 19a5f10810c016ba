package dev.stravinsky.validator;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.validator.external.CheckFailedException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A validator, what its findings are about, and what it says of itself. It is asked for that once,
 * here: one that cannot even say it is a failing check, and no other suffers.
 */
record Check(Validator validator, Kind kind, String id, Set<Phase> phases, Duration timeLimit) {

  /** What a check judges, which decides whether an old fault only warns. */
  enum Kind {
    /** The machine and the operation. */
    MACHINE,
    /** Files, in this process. */
    CONTENT,
    /** Whatever it likes, in a process of its own. */
    EXTERNAL
  }

  static Check machine(Validator validator) {
    return of(validator, Kind.MACHINE);
  }

  static Check content(Validator validator) {
    return of(validator, Kind.CONTENT);
  }

  static Check external(Validator validator) {
    return of(validator, Kind.EXTERNAL);
  }

  /** Stands for checks that could not be made at all, by the name of whoever should have. */
  static Check failing(String name, Throwable cause) {
    return of(new Failing(name, CheckThread.sentence(cause)), Kind.CONTENT);
  }

  private static Check of(Validator validator, Kind kind) {
    try {
      return new Check(
          validator,
          kind,
          Objects.requireNonNull(validator.id()),
          Set.copyOf(validator.phases()),
          Objects.requireNonNull(validator.timeLimit()));
    } catch (RuntimeException | LinkageError e) {
      return failing(validator.getClass().getName(), e);
    }
  }

  private record Failing(String id, String reason) implements Validator {
    @Override
    public Set<Phase> phases() {
      return EnumSet.allOf(Phase.class);
    }

    @Override
    public List<Finding> check(CheckContext context) throws CheckFailedException {
      throw new CheckFailedException(reason);
    }
  }
}
