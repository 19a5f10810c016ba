/** A process of its own in which Felix runs the plugins. */
module dev.stravinsky.pluginhost {
  requires dev.stravinsky.api;
  requires tools.jackson.databind;
  // The host itself runs on the class path; the command that starts it needs no framework.
  requires static org.apache.felix.framework;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  uses dev.stravinsky.api.platform.PlatformFiles;

  provides dev.stravinsky.api.check.ExternalChecks.Factory with
      dev.stravinsky.pluginhost.PluginHostLauncher;
}
