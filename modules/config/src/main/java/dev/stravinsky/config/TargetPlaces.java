package dev.stravinsky.config;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.config.Settings.TargetSetting;
import dev.stravinsky.api.error.ErrorKind;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Holds the places of named targets against the product's own home. */
final class TargetPlaces {
  private TargetPlaces() {}

  /** Refuses a target that holds the product's home, or lies in it: backups would hold backups. */
  static void check(List<TargetSetting> targets, Environment environment, int line, Faults faults) {
    Path home = environment.home().directory().normalize();
    for (TargetSetting target : targets) {
      try {
        Path place = place(target, environment);
        if (home.startsWith(place) || place.startsWith(home)) {
          faults.add(
              ErrorKind.SCHEMA_ERROR,
              line,
              "targets: \""
                  + target.name()
                  + "\" and the backups in "
                  + home
                  + " must not hold each other");
        }
      } catch (InvalidPathException e) {
        faults.add(
            ErrorKind.SCHEMA_ERROR,
            line,
            "targets: \""
                + target.name()
                + "\" has a path that cannot be one here: "
                + e.getReason());
      }
    }
  }

  /** The absolute place that a target's path stands for. */
  static Path place(TargetSetting target, Environment environment) {
    return environment.expand(target.path(), environment.userHome()).normalize();
  }
}
