package dev.stravinsky.pluginhost;

import dev.stravinsky.pluginhost.TimedRun.Done;
import dev.stravinsky.spi.Cancellation;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A check of one context: each finding is a line. */
record CheckWork(ProvidedCheck check, CheckContext context) implements TimedRun.Work {
  private static final int MAX_FINDINGS = 1_000;

  @Override
  public String name() {
    return "check " + check.id();
  }

  @Override
  public ClassLoader loader() {
    return check.validator().getClass().getClassLoader();
  }

  @Override
  public Done run(Cancellation cancellation) throws Exception {
    List<Finding> findings = check.validator().check(context.with(cancellation));
    List<ObjectNode> lines = findings.stream().map(CheckWork::line).toList();
    if (lines.size() > MAX_FINDINGS) {
      throw new IllegalStateException("more than " + MAX_FINDINGS + " findings");
    }
    return new Done(lines, Optional.empty());
  }

  private static ObjectNode line(Finding finding) {
    ObjectNode line = ProtocolOutput.message("finding");
    line.put("severity", finding.severity().name())
        .put("kind", finding.kind().name())
        .put("message", finding.message());
    finding.file().ifPresent(file -> line.put("file", file.toUri().toString()));
    finding.line().ifPresent(number -> line.put("line", number));
    finding.hint().ifPresent(hint -> line.put("hint", hint));
    return line;
  }
}
