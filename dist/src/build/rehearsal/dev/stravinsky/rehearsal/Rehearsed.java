package dev.stravinsky.rehearsal;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A check as most will be, for the rehearsal with which the start-up caches are made. */
public final class Rehearsed implements Validator {
  @Override
  public String id() {
    return "rehearsed";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.STAGED, Phase.POST_UPDATE);
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    List<Finding> findings = new ArrayList<>();
    for (var view : context.targets()) {
      for (var node : view.nodes()) {
        Path live = node.path().resolveIn(view.target().root());
        if (Files.isRegularFile(node.content())) {
          findings.add(
              Finding.of(
                      id(),
                      Severity.INFO,
                      ErrorKind.UNKNOWN,
                      view.target().describe(node.path()) + Files.readString(node.content()).length())
                  .inFile(live)
                  .atLine(1));
        }
      }
    }
    return findings;
  }
}
