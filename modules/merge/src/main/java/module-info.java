/** The new release and the user's changes into one tree. */
module dev.stravinsky.merge {
  requires dev.stravinsky.api;
  requires dev.stravinsky.files;
  requires io.github.javadiffutils;
  requires tools.jackson.core;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  provides dev.stravinsky.api.merge.Merger.Factory with
      dev.stravinsky.merge.MergerFactory;
}
