/** Archives, manifest, verification and retention. */
module dev.stravinsky.backup {
  requires dev.stravinsky.api;
  requires dev.stravinsky.files;
  requires tools.jackson.core;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  provides dev.stravinsky.api.backup.BackupStore.Factory with
      dev.stravinsky.backup.TarGzBackups;
  provides dev.stravinsky.api.backup.InstalledVersions.Factory with
      dev.stravinsky.backup.LatestFiles;
  provides dev.stravinsky.api.update.Holds.Factory with
      dev.stravinsky.backup.HoldsFiles;
}
