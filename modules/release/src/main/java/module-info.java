/** Reads, downloads, verifies and builds releases and channels. */
module dev.stravinsky.release {
  requires dev.stravinsky.api;
  requires dev.stravinsky.files;
  requires java.net.http;
  requires org.apache.commons.compress;
  requires tools.jackson.databind;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  provides dev.stravinsky.api.release.ChannelFolders.Factory with
      dev.stravinsky.release.ChannelFoldersFactory;
  provides dev.stravinsky.api.release.Channels.Factory with
      dev.stravinsky.release.ChannelsFactory;
  provides dev.stravinsky.api.release.ReleaseBuilder.Factory with
      dev.stravinsky.release.ReleaseBuilderFactory;
  provides dev.stravinsky.api.release.Releases.Factory with
      dev.stravinsky.release.ReleasesFactory;
}
