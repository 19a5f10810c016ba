/** The three levels of recovery and the emergency procedure. */
module dev.stravinsky.recovery {
  requires dev.stravinsky.api;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  provides dev.stravinsky.api.recovery.Recovery.Factory with
      dev.stravinsky.recovery.Recoveries;
}
