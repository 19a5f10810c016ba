package dev.stravinsky.backup;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.backup.BackupStore;
import org.osgi.service.component.annotations.Component;

/** Backups as folders of tar.gz archives. */
@ServiceProvider(value = BackupStore.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = BackupStore.Factory.class)
public final class TarGzBackups implements BackupStore.Factory {
  /** For the {@link java.util.ServiceLoader}. */
  public TarGzBackups() {}

  @Override
  public BackupStore create(Services services) {
    return new FolderBackups(services);
  }
}
