package dev.stravinsky.validator.external;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.check.Plugins;
import org.osgi.service.component.annotations.Component;

/** Builds the plugins' service of one environment. */
@ServiceProvider(value = Plugins.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = Plugins.Factory.class)
public final class PluginFoldersFactory implements Plugins.Factory {

  /** For the service loader. */
  public PluginFoldersFactory() {}

  @Override
  public Plugins create(Services services) {
    return new PluginFolders(services);
  }
}
