package dev.stravinsky.audit;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.audit.AuditTrail;
import org.osgi.service.component.annotations.Component;

/** Offers the hash-chained log as the {@link AuditTrail}. */
@ServiceProvider(value = AuditTrail.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = AuditTrail.Factory.class)
public final class HashChainedTrail implements AuditTrail.Factory {
  @Override
  public AuditTrail create(Services services) {
    return new LogTrail(services);
  }
}
