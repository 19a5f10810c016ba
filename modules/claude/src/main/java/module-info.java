/** All that is known of Claude Code: where its files are, what makes them valid. */
module dev.stravinsky.claude {
  requires com.networknt.schema;
  requires dev.stravinsky.api;
  requires org.snakeyaml.engine;
  requires tools.jackson.databind;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  provides dev.stravinsky.spi.TargetProvider with
      dev.stravinsky.claude.ClaudeTargets;
  provides dev.stravinsky.spi.ValidatorProvider with
      dev.stravinsky.claude.ClaudeChecks;
}
