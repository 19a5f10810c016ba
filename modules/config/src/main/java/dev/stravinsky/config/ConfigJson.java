package dev.stravinsky.config;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.config.ConfigStore;
import org.osgi.service.component.annotations.Component;

/** Offers {@code config.json} as the {@link ConfigStore}. */
@ServiceProvider(value = ConfigStore.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = ConfigStore.Factory.class)
public final class ConfigJson implements ConfigStore.Factory {
  @Override
  public ConfigStore create(Services services) {
    return new JsonConfigStore(services.environment());
  }
}
