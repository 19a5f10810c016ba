/** The only code that writes files: durable write, tree digest, exchange, lock. */
module dev.stravinsky.files {
  requires dev.stravinsky.api;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  exports dev.stravinsky.files to
      dev.stravinsky.config,
      dev.stravinsky.audit,
      dev.stravinsky.backup,
      dev.stravinsky.validator,
      dev.stravinsky.transaction,
      dev.stravinsky.release,
      dev.stravinsky.merge,
      dev.stravinsky.report;

  provides dev.stravinsky.api.platform.PlatformFiles with
      dev.stravinsky.files.NativePlatformFiles;
}
