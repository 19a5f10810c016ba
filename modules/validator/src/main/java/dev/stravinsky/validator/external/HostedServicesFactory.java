package dev.stravinsky.validator.external;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.check.PluginServices;
import org.osgi.service.component.annotations.Component;

/** Builds the plugins' services of one environment. */
@ServiceProvider(value = PluginServices.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = PluginServices.Factory.class)
public final class HostedServicesFactory implements PluginServices.Factory {

  /** For the service loader. */
  public HostedServicesFactory() {}

  @Override
  public PluginServices create(Services services) {
    return new HostedServices(services);
  }
}
