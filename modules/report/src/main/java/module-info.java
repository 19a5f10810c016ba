/** The page, statistics in their formats, notifications. */
module dev.stravinsky.report {
  requires dev.stravinsky.api;
  requires dev.stravinsky.files;
  requires java.net.http;
  requires jdk.httpserver;
  requires tools.jackson.core;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  provides dev.stravinsky.api.report.Notifications.Factory with
      dev.stravinsky.report.BackgroundNotifications;
  provides dev.stravinsky.api.report.ReportPage.Factory with
      dev.stravinsky.report.HtmlReports;
  provides dev.stravinsky.api.report.StatisticsReport.Factory with
      dev.stravinsky.report.StatisticsFormats;
}
