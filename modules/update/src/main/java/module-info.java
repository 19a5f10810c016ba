/** The flow in one screenful: update and rollback. */
module dev.stravinsky.update {
  requires dev.stravinsky.api;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;
}
