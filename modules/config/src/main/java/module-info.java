/** Turns config.json and environment into typed settings, every error at once with its JSON path. */
module dev.stravinsky.config {
  requires dev.stravinsky.api;
  requires dev.stravinsky.files;
  requires tools.jackson.databind;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;
}
