/** The page, statistics in their formats, notifications. */
module dev.stravinsky.report {
  requires dev.stravinsky.api;
  requires java.net.http;
  requires tools.jackson.databind;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;
}
