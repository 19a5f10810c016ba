package dev.stravinsky.update;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Which published releases may still be a merge base. */
final class Retained {
  private Retained() {}

  /** Every version in a history, and every one that a rollback of this scope could go to. */
  static Set<Version> versions(Services services, Scope scope) throws IOException {
    Set<Version> versions = new HashSet<>(services.installed().versionsInUse());
    services.backups().list(scope).forEach(backup -> versions.add(backup.manifest().version()));
    return versions;
  }
}
