/** The flow in one screenful: update and rollback. */
module dev.stravinsky.update {
  requires dev.stravinsky.api;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  provides dev.stravinsky.api.update.Guard.Factory with
      dev.stravinsky.update.Guards;
  provides dev.stravinsky.api.update.Restorer.Factory with
      dev.stravinsky.update.Restorations;
  provides dev.stravinsky.api.update.Updater.Factory with
      dev.stravinsky.update.Updates;
}
