package dev.stravinsky.validator;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.check.CheckRunner;
import dev.stravinsky.validator.external.ExternalProcesses;
import org.osgi.service.component.annotations.Component;

/** Builds the runner of one environment. */
@ServiceProvider(value = CheckRunner.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = CheckRunner.Factory.class)
public final class CheckRunners implements CheckRunner.Factory {

  /** For the service loader. */
  public CheckRunners() {}

  @Override
  public CheckRunner create(Services services) {
    return new OrderedChecks(
        new CheckCatalog(() -> CheckCatalog.builtIn(services), new ExternalProcesses(services)));
  }
}
