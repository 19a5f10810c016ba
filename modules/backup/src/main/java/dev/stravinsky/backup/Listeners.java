package dev.stravinsky.backup;

import dev.stravinsky.spi.BackupListener;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Tells every listener that there is; what goes wrong in one is its own affair. */
final class Listeners {
  private Listeners() {}

  /** One thing to tell. */
  interface News {
    void tell(BackupListener listener) throws Exception;
  }

  static void tell(News news) {
    for (BackupListener listener : listeners()) {
      try {
        news.tell(listener);
      } catch (Exception e) {
        continue; // A listener's failures change nothing: that is its contract.
      }
    }
  }

  private static List<BackupListener> listeners() {
    List<BackupListener> listeners = new ArrayList<>();
    try {
      ServiceLoader.load(BackupListener.class).forEach(listeners::add);
    } catch (ServiceConfigurationError e) {
      return listeners; // Those before the broken one are told all the same.
    }
    return listeners;
  }
}
