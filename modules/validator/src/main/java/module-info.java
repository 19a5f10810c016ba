/** Runs checks in order with time limits: the built-in ones and external processes. */
module dev.stravinsky.validator {
  requires dev.stravinsky.api;
  requires dev.stravinsky.files;
  requires tools.jackson.databind;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  provides dev.stravinsky.api.check.CheckRunner.Factory with
      dev.stravinsky.validator.CheckRunners;
  provides dev.stravinsky.api.check.PluginServices.Factory with
      dev.stravinsky.validator.external.HostedServicesFactory;
  provides dev.stravinsky.api.check.Plugins.Factory with
      dev.stravinsky.validator.external.PluginFoldersFactory;
}
