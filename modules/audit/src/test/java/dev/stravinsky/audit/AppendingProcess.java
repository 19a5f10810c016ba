package dev.stravinsky.audit;

import dev.stravinsky.api.audit.AuditTrail;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.testkit.Sandbox;
import java.nio.file.Path;

/** A process that appends events: {@code DIRECTORY NAME COUNT}. */
final class AppendingProcess {
  private AppendingProcess() {}

  public static void main(String[] args) throws Exception {
    try (Sandbox sandbox = Sandbox.onDisk(Path.of(args[0]))) {
      AuditTrail trail = sandbox.services().audit();
      for (int i = 1; i <= Integer.parseInt(args[2]); i++) {
        trail.append(
            EventDraft.of(
                args[1] + "-" + i, EventType.BACKUP_CREATED, EventStatus.SUCCESS, "user"));
      }
    }
  }
}
