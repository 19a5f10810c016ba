package dev.stravinsky.api.error;

import dev.stravinsky.api.platform.LockOwner;
import java.nio.file.Path;
import java.util.Optional;

/** Another command held the lock for longer than {@code safety.lock_timeout_seconds}. */
public final class LockHeldException extends StravinskyException {
  private static final long serialVersionUID = 1L;

  private final transient Optional<LockOwner> owner;

  public LockHeldException(Path lock, Optional<LockOwner> owner) {
    super(
        ExitStatus.LOCKED,
        Problem.of(ErrorKind.FILE_LOCKED, sentence(owner))
            .inFile(lock)
            .leaving("nothing was changed")
            .next("wait for it to end, then type the command again"));
    this.owner = owner;
  }

  /** Who holds it, where that is known. */
  public Optional<LockOwner> owner() {
    return owner;
  }

  private static String sentence(Optional<LockOwner> owner) {
    return owner
        .map(o -> "held by process " + o.pid() + " (" + o.command() + "), since " + o.since())
        .orElse("held by another process");
  }
}
