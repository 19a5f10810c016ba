package dev.stravinsky.release;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.release.ChannelFolders;
import org.osgi.service.component.annotations.Component;

/** Offers {@link ChannelFolders}. */
@ServiceProvider(value = ChannelFolders.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = ChannelFolders.Factory.class)
public final class ChannelFoldersFactory implements ChannelFolders.Factory {
  public ChannelFoldersFactory() {}

  @Override
  public ChannelFolders create(Services services) {
    return new Wiring(services).channelFolders();
  }
}
