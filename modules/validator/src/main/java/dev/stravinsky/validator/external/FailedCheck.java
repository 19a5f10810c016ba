package dev.stravinsky.validator.external;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import java.util.List;
import java.util.Set;

/** Stands for a plugin or a check that cannot run at all, so that this is reported by its name. */
record FailedCheck(String id, String reason) implements Validator {

  /** The first phase only: it is one fault. */
  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.PRE_UPDATE);
  }

  @Override
  public List<Finding> check(CheckContext context) throws CheckFailedException {
    throw new CheckFailedException(reason);
  }
}
