package dev.stravinsky.validator.external;

import dev.stravinsky.api.Services;
import dev.stravinsky.api.check.PluginServices;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.validator.ExternalValidators;
import java.util.ArrayList;
import java.util.List;

/** Finds the checks of {@code checks.d} and of plugins. */
public final class ExternalProcesses implements ExternalValidators {
  private final ChecksDirectory executables;
  private final PluginServices plugins;

  /** Cheap: nothing is looked for or started yet. */
  public ExternalProcesses(Services services) {
    this(new ChecksDirectory(services.environment()), services.pluginServices());
  }

  ExternalProcesses(ChecksDirectory executables, PluginServices plugins) {
    this.executables = executables;
    this.plugins = plugins;
  }

  @Override
  public void warmUp() {
    plugins.warmUp();
  }

  @Override
  public void noMoreChecks() {
    plugins.noMoreChecks();
  }

  @Override
  public boolean any(boolean wanted) {
    return wanted && (!executables.checks().isEmpty() || plugins.areDeclared(Validator.class));
  }

  @Override
  public List<Validator> validators(Phase phase, boolean wanted) {
    if (!wanted) {
      return List.of();
    }
    List<Validator> all = new ArrayList<>(executables.checks());
    all.addAll(plugins.all(Validator.class));
    return all.stream().filter(check -> check.phases().contains(phase)).toList();
  }
}
