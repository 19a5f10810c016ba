package dev.stravinsky.release;

import dev.stravinsky.api.Providers;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.release.ChannelFolders;
import dev.stravinsky.api.release.ReleaseBuilder;
import dev.stravinsky.api.release.Releases;
import dev.stravinsky.release.transport.Downloads;
import dev.stravinsky.release.transport.Patience;
import dev.stravinsky.spi.ReleaseSource;
import java.util.List;
import java.util.ServiceLoader;

/** How the parts of this module belong together in one environment. */
final class Wiring {
  private final Services services;
  private final Downloads downloads;
  private final Fetch fetch;

  Wiring(Services services) {
    this.services = services;
    int patience = Integer.getInteger("stravinsky.patience", 100);
    this.downloads = new Downloads(services.environment(), Patience.STANDARD.percent(patience));
    this.fetch =
        new Fetch(
            services.environment().home().directory(),
            new StagingArea(services.environment()),
            downloads);
  }

  ConfiguredChannel channel() {
    return new ConfiguredChannel(services, fetch);
  }

  Releases releases() {
    return releases(locations(), () -> channel().trust());
  }

  ReleaseBuilder releaseBuilder() {
    return new BuiltReleases(services.environment(), believed(locations()));
  }

  ChannelFolders channelFolders() {
    SourceLocation locations = locations();
    Releases believed = believed(locations);
    ReleaseBuilder builder = new BuiltReleases(services.environment(), believed);
    return new PublishedChannels(
        services,
        new ArchiveOpening(
            services.environment(), locations, believed, builder, fetch, Limits.STANDARD));
  }

  /** Not asking whom this user believes: who publishes, vouches. */
  private Releases believed(SourceLocation locations) {
    return releases(locations, () -> Trust.NOBODY);
  }

  private Releases releases(SourceLocation locations, StagedReleases.Believing believing) {
    return new StagedReleases(services.environment(), locations, Limits.STANDARD, fetch, believing);
  }

  private SourceLocation locations() {
    List<ReleaseSource> sources =
        Providers.of(ReleaseSource.class).stream()
            .sorted((a, b) -> a.type().getName().compareTo(b.type().getName()))
            .map(ServiceLoader.Provider::get)
            .toList();
    return new SourceLocation(
        services.environment(),
        Limits.STANDARD,
        downloads,
        sources,
        () -> services.pluginServices().all(ReleaseSource.class));
  }
}
