package com.example.forbidden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.ValidatorContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All that every check must do, and what this one finds. */
class ForbiddenWordsTest extends ValidatorContract {

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @Override
  protected Validator validator() {
    return new ForbiddenWords();
  }

  @Test
  void check_hookWithTheWord_blocksInItsLine() throws Exception {
    Path hook = sandbox.claude().resolve("hooks/greet.sh");
    sandbox.write(hook, "#!/bin/sh\necho FORBIDDEN\n");

    List<Finding> findings = findings();

    assertThat(findings).singleElement().extracting(Finding::severity).isEqualTo(Severity.BLOCK);
    assertThat(findings.getFirst().file()).contains(hook);
    assertThat(findings.getFirst().line()).hasValue(2);
  }

  @Test
  void check_hookWithoutTheWord_findsNothing() throws Exception {
    sandbox.write(sandbox.claude().resolve("hooks/greet.sh"), "#!/bin/sh\necho allowed\n");

    assertThat(findings()).isEmpty();
  }

  private List<Finding> findings() throws Exception {
    return check(CheckContexts.in(sandbox).phase(Phase.STAGED).liveClaude().build());
  }
}
