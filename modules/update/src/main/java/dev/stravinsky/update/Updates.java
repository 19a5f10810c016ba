package dev.stravinsky.update;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.update.Updater;
import org.osgi.service.component.annotations.Component;

/** Provides the {@link Updater}. */
@ServiceProvider(value = Updater.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = Updater.Factory.class)
public final class Updates implements Updater.Factory {
  @Override
  public Updater create(Services services) {
    return new GuardedUpdater(services);
  }
}
