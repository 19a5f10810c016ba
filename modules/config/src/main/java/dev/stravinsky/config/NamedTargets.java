package dev.stravinsky.config;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.api.config.Settings.TargetSetting;
import dev.stravinsky.spi.TargetProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** The targets that {@code config.json} names; they belong to the user's scope. */
@ServiceProvider(value = TargetProvider.class, resolution = Resolution.OPTIONAL)
@Component(service = TargetProvider.class)
public final class NamedTargets implements TargetProvider {
  @Override
  public String id() {
    return "config";
  }

  @Override
  public List<Target> targets(Scope scope, Environment environment, Settings settings)
      throws IOException {
    List<Target> targets = new ArrayList<>();
    if (scope instanceof Scope.User) {
      for (TargetSetting named : settings.targets()) {
        Path place = TargetPlaces.place(named, environment);
        Path root = Presence.exists(place) ? place.toRealPath() : place;
        targets.add(new Target(named.name(), scope, root, named.files()));
      }
    }
    return targets;
  }
}
