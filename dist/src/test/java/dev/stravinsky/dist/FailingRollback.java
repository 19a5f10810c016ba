package dev.stravinsky.dist;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;

/** A rollback that fails for real: the live settings are immutable when they are to go back. */
final class FailingRollback {
  private FailingRollback() {}

  /**
   * Gives the user a check that makes the settings immutable after the swap and then finds a fault.
   * The test is skipped where nothing can be made immutable.
   *
   * @param scratch a folder to try that in
   * @return the check, to be deleted before the next update
   */
  static Path arrange(User user, Path scratch) throws Exception {
    Path probe = User.write(scratch.resolve("probe"), "");
    boolean can =
        Tools.run("chattr", "+i", probe).status() == 0
            && Tools.run("chattr", "-i", probe).status() == 0;
    assumeTrue(can, "chattr +i needs root, and a file system that knows it");
    return User.write(
        user.home().resolve(".stravinsky/checks.d/breaks.sh"),
        """
        #!/bin/sh
        [ "$CHECK_PHASE" = POST_UPDATE ] || exit 0
        chattr +i "$HOME/.claude/settings.json"
        echo '{"severity":"BLOCK","kind":"PARSE_ERROR","message":"does not work"}'
        """);
  }
}
