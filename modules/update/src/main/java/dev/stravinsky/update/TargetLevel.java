package dev.stravinsky.update;

import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupManifest.Root;

/** A target's name and the level of its scope: what a backup tells its entries apart by. */
record TargetLevel(String target, String level) {
  static TargetLevel of(Target target) {
    return new TargetLevel(target.name(), target.scope().level());
  }

  static TargetLevel of(Root root) {
    return new TargetLevel(root.target(), root.scope().level());
  }

  static TargetLevel of(BackupEntry entry) {
    return new TargetLevel(entry.target(), entry.level());
  }

  /** Written out: what a record is given is linked at its first use, in 4 ms. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TargetLevel that
        && target.equals(that.target)
        && level.equals(that.level);
  }

  @Override
  public int hashCode() {
    return 31 * target.hashCode() + level.hashCode();
  }
}
