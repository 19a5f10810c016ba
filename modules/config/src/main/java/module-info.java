/**
 * Turns config.json and environment into typed settings, every error at once with its JSON path.
 */
module dev.stravinsky.config {
  requires dev.stravinsky.api;
  requires dev.stravinsky.files;
  // The streaming parser alone: this module is read at every start.
  requires tools.jackson.core;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  provides dev.stravinsky.api.config.ConfigStore.Factory with
      dev.stravinsky.config.ConfigJson;
  provides dev.stravinsky.spi.TargetProvider with
      dev.stravinsky.config.NamedTargets;
}
