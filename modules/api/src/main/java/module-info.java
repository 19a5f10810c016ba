/**
 * The vocabulary of the product, its services, and what others implement.
 *
 * <p>The one module that every other one may use; it needs nothing but {@code java.base}.
 */
module dev.stravinsky.api {
  exports dev.stravinsky.api;
  exports dev.stravinsky.api.audit;
  exports dev.stravinsky.api.backup;
  exports dev.stravinsky.api.check;
  exports dev.stravinsky.api.config;
  exports dev.stravinsky.api.error;
  exports dev.stravinsky.api.merge;
  exports dev.stravinsky.api.platform;
  exports dev.stravinsky.api.recovery;
  exports dev.stravinsky.api.release;
  exports dev.stravinsky.api.report;
  exports dev.stravinsky.api.transaction;
  exports dev.stravinsky.api.update;
  exports dev.stravinsky.spi;

  uses dev.stravinsky.api.audit.AuditTrail.Factory;
  uses dev.stravinsky.api.backup.BackupStore.Factory;
  uses dev.stravinsky.api.backup.InstalledVersions.Factory;
  uses dev.stravinsky.api.check.CheckRunner.Factory;
  uses dev.stravinsky.api.check.ExternalChecks.Factory;
  uses dev.stravinsky.api.check.Plugins.Factory;
  uses dev.stravinsky.api.check.PluginServices.Factory;
  uses dev.stravinsky.api.config.ConfigStore.Factory;
  uses dev.stravinsky.api.transaction.Conflicts.Factory;
  uses dev.stravinsky.api.merge.Merger.Factory;
  uses dev.stravinsky.api.platform.PlatformFiles;
  uses dev.stravinsky.api.recovery.Recovery.Factory;
  uses dev.stravinsky.api.release.ChannelFolders.Factory;
  uses dev.stravinsky.api.release.Channels.Factory;
  uses dev.stravinsky.api.release.ReleaseBuilder.Factory;
  uses dev.stravinsky.api.release.Releases.Factory;
  uses dev.stravinsky.api.report.Notifications.Factory;
  uses dev.stravinsky.api.report.ReportPage.Factory;
  uses dev.stravinsky.api.report.StatisticsReport.Factory;
  uses dev.stravinsky.api.transaction.Transactions.Factory;
  uses dev.stravinsky.api.update.Guard.Factory;
  uses dev.stravinsky.api.update.Holds.Factory;
  uses dev.stravinsky.api.update.Restorer.Factory;
  uses dev.stravinsky.api.update.Updater.Factory;
  uses dev.stravinsky.spi.AuditSink;
  uses dev.stravinsky.spi.BackupListener;
  uses dev.stravinsky.spi.Notifier;
  uses dev.stravinsky.spi.ReleaseSource;
  uses dev.stravinsky.spi.TargetProvider;
  uses dev.stravinsky.spi.ValidatorProvider;
}
