package dev.stravinsky.merge;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.merge.Merger;
import org.osgi.service.component.annotations.Component;

/** Offers {@link Merger}. */
@ServiceProvider(value = Merger.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = Merger.Factory.class)
public final class MergerFactory implements Merger.Factory {
  public MergerFactory() {}

  @Override
  public Merger create(Services services) {
    return new ThreeWayMerger(services::conflicts);
  }
}
