package dev.stravinsky.release;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceConsumer;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.release.Releases;
import dev.stravinsky.release.transport.Downloads;
import dev.stravinsky.release.transport.Patience;
import dev.stravinsky.spi.ReleaseSource;
import java.util.List;
import java.util.ServiceLoader;
import org.osgi.service.component.annotations.Component;

/** Offers {@link Releases}. */
@ServiceProvider(value = Releases.Factory.class, resolution = Resolution.OPTIONAL)
@ServiceConsumer(value = ReleaseSource.class, resolution = Resolution.OPTIONAL)
@Component(service = Releases.Factory.class)
public final class ReleasesFactory implements Releases.Factory {
  public ReleasesFactory() {}

  @Override
  public Releases create(Services services) {
    List<ReleaseSource> sources =
        ServiceLoader.load(ReleaseSource.class).stream()
            .sorted((a, b) -> a.type().getName().compareTo(b.type().getName()))
            .map(ServiceLoader.Provider::get)
            .toList();
    return new StagedReleases(
        services.environment(),
        new SourceLocation(
            services.environment(),
            Limits.STANDARD,
            new Downloads(services.environment(), Patience.STANDARD),
            sources,
            () -> services.pluginServices().all(ReleaseSource.class)),
        Limits.STANDARD);
  }
}
