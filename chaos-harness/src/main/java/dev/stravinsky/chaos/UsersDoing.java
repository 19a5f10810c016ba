package dev.stravinsky.chaos;

import dev.stravinsky.chaos.sequence.Act;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the user does between commands; each can be done in any state of her files. */
@FunctionalInterface
interface UsersDoing {
  void in(Sandbox sandbox) throws IOException;

  /**
   * One that is no command.
   *
   * @throws IllegalArgumentException if it is one
   */
  static UsersDoing of(Act act) {
    return switch (act) {
      case EDIT_MINE -> sandbox -> append(sandbox, "hooks/mine.sh");
      case EDIT_RELEASED -> sandbox -> append(sandbox, "hooks/pre_edit.py");
      case DELETE_RELEASED ->
          sandbox -> Files.deleteIfExists(sandbox.claude().resolve("hooks/notify.sh"));
      case WAIT -> sandbox -> sandbox.clock().advance(Duration.ofDays(100));
      default -> throw new IllegalArgumentException(act + " is a command");
    };
  }

  /** A line more each time, so that no two edits are the same. */
  private static void append(Sandbox sandbox, String file) throws IOException {
    Path path = sandbox.claude().resolve(file);
    String now = Files.exists(path) ? Files.readString(path) : "#!/bin/sh\n";
    sandbox.write(path, now + "# edited\n");
  }
}
