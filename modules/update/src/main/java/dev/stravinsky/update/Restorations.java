package dev.stravinsky.update;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.update.Restorer;
import org.osgi.service.component.annotations.Component;

/** Provides the {@link Restorer}. */
@ServiceProvider(value = Restorer.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = Restorer.Factory.class)
public final class Restorations implements Restorer.Factory {
  @Override
  public Restorer create(Services services) {
    return (request, progress) -> new RestoreFlow(services, request, progress).run();
  }
}
