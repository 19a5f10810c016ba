package dev.stravinsky.transaction;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.transaction.Transactions;
import org.osgi.service.component.annotations.Component;

/** Offers the journalled swap. */
@ServiceProvider(value = Transactions.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = Transactions.Factory.class)
public final class SwappingTransactions implements Transactions.Factory {

  /** For {@link java.util.ServiceLoader}. */
  public SwappingTransactions() {}

  @Override
  public Transactions create(Services services) {
    return new SwapService(services);
  }
}
