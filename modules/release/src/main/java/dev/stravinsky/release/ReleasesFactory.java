package dev.stravinsky.release;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceConsumer;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.release.Releases;
import dev.stravinsky.spi.ReleaseSource;
import org.osgi.service.component.annotations.Component;

/** Offers {@link Releases}. */
@ServiceProvider(value = Releases.Factory.class, resolution = Resolution.OPTIONAL)
@ServiceConsumer(value = ReleaseSource.class, resolution = Resolution.OPTIONAL)
@Component(service = Releases.Factory.class)
public final class ReleasesFactory implements Releases.Factory {
  public ReleasesFactory() {}

  @Override
  public Releases create(Services services) {
    return new Wiring(services).releases();
  }
}
