package dev.stravinsky.release;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.release.Channels;
import org.osgi.service.component.annotations.Component;

/** Offers {@link Channels}. */
@ServiceProvider(value = Channels.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = Channels.Factory.class)
public final class ChannelsFactory implements Channels.Factory {
  public ChannelsFactory() {}

  @Override
  public Channels create(Services services) {
    return new Wiring(services).channel();
  }
}
