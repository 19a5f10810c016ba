package dev.stravinsky.validator.external;

import dev.stravinsky.api.Services;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.validator.ExternalValidators;
import dev.stravinsky.validator.external.HostDescription.Hosted;
import java.util.ArrayList;
import java.util.List;

/** Finds the executables of {@code checks.d} and the plugin host, and speaks to them. */
public final class ExternalProcesses implements ExternalValidators {
  private final ChecksDirectory executables;
  private final PluginHost host;

  /** Cheap: nothing is looked for or started yet. */
  public ExternalProcesses(Services services) {
    this(
        new ChecksDirectory(services.environment()),
        new PluginHost(services.externalChecks(), services.environment().variables()));
  }

  ExternalProcesses(ChecksDirectory executables, PluginHost host) {
    this.executables = executables;
    this.host = host;
  }

  PluginHost host() {
    return host;
  }

  @Override
  public void warmUp() {
    host.warmUp();
  }

  @Override
  public List<Validator> validators(Phase phase, boolean plugins) {
    if (!plugins) {
      return List.of();
    }
    List<Validator> all = new ArrayList<>(executables.checks());
    all.addAll(hosted());
    return all.stream().filter(check -> check.phases().contains(phase)).toList();
  }

  private List<Validator> hosted() {
    HostDescription description = host.description();
    List<Validator> all = new ArrayList<>();
    description.failure().ifPresent(reason -> all.add(new FailedCheck("plugin-host", reason)));
    for (Hosted each : description.plugins()) {
      if (each.failed()) {
        String reason = each.plugin().file() + ": " + each.plugin().reason().orElse("");
        all.add(new FailedCheck("plugin/" + each.plugin().name(), reason));
      } else if (each.hasTwinIn(description.plugins())) {
        all.add(new TwinPlugin(each.plugin()));
      }
    }
    description.checks().forEach(hosted -> all.add(new HostedCheck(host, hosted)));
    return all;
  }

  @Override
  public void close() {
    host.close();
  }
}
