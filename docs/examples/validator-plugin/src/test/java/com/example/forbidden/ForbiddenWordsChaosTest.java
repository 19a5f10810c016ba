package com.example.forbidden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.chaos.Chaos;
import dev.stravinsky.testkit.chaos.ChaosFault;
import dev.stravinsky.testkit.chaos.ChaosTest;
import dev.stravinsky.testkit.chaos.Outcome;
import java.util.List;
import java.util.Optional;

/** What the check says when the disk does not do what it should. */
class ForbiddenWordsChaosTest {

  @ChaosTest
  void check_anyFault_findsTheWordOrSaysThatItCannotLook(Chaos chaos) throws Exception {
    Sandbox user = chaos.sandbox();
    user.write(user.claude().resolve("hooks/greet.sh"), "#!/bin/sh\necho FORBIDDEN\n");
    CheckContext context = CheckContexts.in(user).phase(Phase.STAGED).liveClaude().build();

    Outcome<List<Finding>> outcome = chaos.strike(() -> new ForbiddenWords().check(context));

    boolean gone = chaos.fault().equals(Optional.of(ChaosFault.GONE));
    if (outcome instanceof Outcome.Returned<List<Finding>>(List<Finding> findings) && !gone) {
      assertThat(findings).hasSize(1);
    }
  }
}
