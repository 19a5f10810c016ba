package dev.stravinsky.update;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.update.Guard;
import org.osgi.service.component.annotations.Component;

/** Provides the {@link Guard}. */
@ServiceProvider(value = Guard.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = Guard.Factory.class)
public final class Guards implements Guard.Factory {
  @Override
  public Guard create(Services services) {
    return (request, progress) -> new GuardFlow(services, request, progress).run();
  }
}
