package dev.stravinsky.backup;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.InstalledVersions;
import org.osgi.service.component.annotations.Component;

/** Installed versions in {@code backups/latest.json}. */
@ServiceProvider(value = InstalledVersions.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = InstalledVersions.Factory.class)
public final class LatestFiles implements InstalledVersions.Factory {
  /** For the {@link java.util.ServiceLoader}. */
  public LatestFiles() {}

  @Override
  public InstalledVersions create(Services services) {
    return new LatestFile(services.environment().home().latest());
  }
}
