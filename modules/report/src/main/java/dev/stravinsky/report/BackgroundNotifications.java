package dev.stravinsky.report;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.report.Notifications;
import org.osgi.service.component.annotations.Component;

/** Offers notifications that are sent in the background. */
@ServiceProvider(value = Notifications.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = Notifications.Factory.class)
public final class BackgroundNotifications implements Notifications.Factory {
  @Override
  public Notifications create(Services services) {
    return new Dispatcher(services);
  }
}
