package dev.stravinsky.release;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.release.ReleaseBuilder;
import org.osgi.service.component.annotations.Component;

/** Offers {@link ReleaseBuilder}. */
@ServiceProvider(value = ReleaseBuilder.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = ReleaseBuilder.Factory.class)
public final class ReleaseBuilderFactory implements ReleaseBuilder.Factory {
  public ReleaseBuilderFactory() {}

  @Override
  public ReleaseBuilder create(Services services) {
    return new Wiring(services).releaseBuilder();
  }
}
