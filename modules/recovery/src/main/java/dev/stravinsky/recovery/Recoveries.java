package dev.stravinsky.recovery;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.recovery.Recovery;
import org.osgi.service.component.annotations.Component;

/** Provides {@link Recovery}. */
@ServiceProvider(value = Recovery.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = Recovery.Factory.class)
public final class Recoveries implements Recovery.Factory {
  @Override
  public Recovery create(Services services) {
    return new ThreeLevelRecovery(services);
  }
}
