package dev.stravinsky.backup;

import dev.stravinsky.api.Providers;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.check.PluginServices;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.spi.BackupListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;

/** Tells every listener that there is; what goes wrong in one is told in the trail. */
final class Listeners {
  private Listeners() {}

  /** One thing to tell. */
  interface News {
    void tell(BackupListener listener) throws Exception;
  }

  static void tell(Services services, News news) {
    for (BackupListener listener : listeners(services)) {
      try {
        news.tell(listener);
      } catch (Exception e) {
        record(services, listener, e);
      }
    }
  }

  /** Tells that the backup is there; returns it. */
  static StoredBackup created(Services services, StoredBackup backup) {
    tell(services, listener -> listener.created(backup.manifest(), backup.directory()));
    return backup;
  }

  private static List<BackupListener> listeners(Services services) {
    List<BackupListener> listeners = new ArrayList<>();
    try {
      Providers.of(BackupListener.class).forEach(listeners::add);
    } catch (ServiceConfigurationError e) {
      // Those before the broken one are told all the same.
    }
    listeners.addAll(services.pluginServices().all(BackupListener.class));
    return listeners;
  }

  private static void record(Services services, BackupListener listener, Exception failure) {
    try {
      services
          .audit()
          .append(PluginServices.failed(services, "backup-listener", listener.id(), failure));
    } catch (IOException | StravinskyException e) {
      // The backup is there; what cannot be written about a listener changes nothing.
    }
  }
}
