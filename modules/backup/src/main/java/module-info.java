/** Archives, manifest, verification and retention. */
module dev.stravinsky.backup {
  requires dev.stravinsky.api;
  requires dev.stravinsky.files;
  requires org.apache.commons.compress;
  requires tools.jackson.databind;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;
}
