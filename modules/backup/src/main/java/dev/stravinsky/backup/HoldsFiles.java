package dev.stravinsky.backup;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.update.Holds;
import org.osgi.service.component.annotations.Component;

/** Held versions in {@code holds.json}. */
@ServiceProvider(value = Holds.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = Holds.Factory.class)
public final class HoldsFiles implements Holds.Factory {
  /** For the {@link java.util.ServiceLoader}. */
  public HoldsFiles() {}

  @Override
  public Holds create(Services services) {
    return new ScopedHolds(services);
  }
}
