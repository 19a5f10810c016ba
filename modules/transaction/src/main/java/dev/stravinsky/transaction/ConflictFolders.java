package dev.stravinsky.transaction;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.transaction.Conflicts;
import org.osgi.service.component.annotations.Component;

/** Offers the folder of conflicts. */
@ServiceProvider(value = Conflicts.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = Conflicts.Factory.class)
public final class ConflictFolders implements Conflicts.Factory {

  /** For {@link java.util.ServiceLoader}. */
  public ConflictFolders() {}

  @Override
  public Conflicts create(Services services) {
    return new ConflictFolder(services.environment());
  }
}
