package dev.stravinsky.api.report;

import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.spi.Notification;

/** Tells whoever the settings name; never blocks or fails what it tells of. */
public interface Notifications {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Notifications> {}

  /**
   * Sends in the background, with a time limit; failures are warnings on the next {@code status}.
   */
  void send(Notification notification);
}
