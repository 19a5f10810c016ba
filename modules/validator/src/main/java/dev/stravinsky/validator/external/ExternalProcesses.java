package dev.stravinsky.validator.external;

import dev.stravinsky.api.Services;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.validator.ExternalValidators;
import java.util.List;

/** Finds the executables of {@code checks.d} and the plugin host, and speaks to them. */
public final class ExternalProcesses implements ExternalValidators {

  /** Cheap: nothing is looked for or started yet. */
  public ExternalProcesses(Services services) {}

  @Override
  public void warmUp() {}

  @Override
  public List<Validator> validators(Phase phase, boolean plugins) {
    return List.of();
  }

  @Override
  public void close() {}
}
