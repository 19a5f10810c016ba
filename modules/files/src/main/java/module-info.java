/** The only code that writes files: durable write, tree digest, exchange, lock. */
module dev.stravinsky.files {
  requires dev.stravinsky.api;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;
}
