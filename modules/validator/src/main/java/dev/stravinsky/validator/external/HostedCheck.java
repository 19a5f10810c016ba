package dev.stravinsky.validator.external;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.validator.external.HostDescription.HostedId;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A plugin's check, as the runner sees it. */
record HostedCheck(PluginHost host, HostedId hosted) implements Validator {

  @Override
  public String id() {
    return "plugin/" + hosted.id();
  }

  @Override
  public Set<Phase> phases() {
    return hosted.phases();
  }

  @Override
  public Duration timeLimit() {
    return hosted.timeLimit();
  }

  @Override
  public String explanation() {
    return hosted.explanation();
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    return host.check(hosted.id(), context, timeLimit(), new FindingLines(id(), context));
  }
}
