package dev.stravinsky.spi;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.config.Settings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Knows where a tool keeps its configuration. */
public interface TargetProvider {

  /** A short stable name. */
  String id();

  /** The project that a working directory belongs to, as the tool sees it. */
  default Optional<Scope> projectAt(Environment environment) throws IOException {
    return Optional.empty();
  }

  /**
   * The scope's targets, those that need not exist included; roots are real paths where they exist.
   */
  List<Target> targets(Scope scope, Environment environment, Settings settings) throws IOException;

  /**
   * Views for people that go into each backup beside the archives, by file name: for example the
   * settings of all levels merged into the effective ones.
   */
  default Map<String, byte[]> effectiveViews(List<TargetView> views) throws IOException {
    return Map.of();
  }
}
