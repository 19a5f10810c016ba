package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.UpdaterContract;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The contract, in memory; and what needs a disk that fails as told. */
class UpdaterInMemoryTest extends UpdaterContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @Test
  void rollback_committedButNotNotedAsInstalled_saysSoAndTheNextCommandNotesIt()
      throws IOException {
    update(firstRelease(), "v1");
    update(secondRelease(), "v2");
    sandbox
        .faults()
        .plan(
            FaultPlan.failWhere(
                o -> o.kind().changes() && o.path().toString().contains("latest.json"), Errno.EIO));

    RollbackResult result = rollbackTo("v1");
    sandbox.faults().plan(FaultPlan.NONE);

    assertThat(result)
        .isInstanceOfSatisfying(
            RollbackResult.Done.class,
            done -> {
              List<Problem> warnings = done.warnings();
              assertThat(warnings)
                  .anyMatch(w -> w.message().contains("the next command finishes it"));
            });
    sandbox.restart();
    sandbox.services().updater().resume(Scope.USER);
    assertThat(sandbox.services().installed().current(Scope.USER).value()).isEqualTo("v1");
  }
}
