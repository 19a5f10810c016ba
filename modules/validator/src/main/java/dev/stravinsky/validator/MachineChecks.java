package dev.stravinsky.validator;

import dev.stravinsky.api.Services;
import dev.stravinsky.spi.Validator;
import java.util.List;

/** The checks of the machine and of the operation, in the order in which they are reported. */
final class MachineChecks {
  private MachineChecks() {}

  static List<Validator> beforeUpdate(Services services) {
    return List.of(
        new DiskSpace(),
        new Permissions(),
        new FileLocks(services.environment().platform()),
        new BackupCapacity(services),
        new PreviousBackups(services));
  }

  static List<Validator> afterUpdate(Services services) {
    return List.of(new FilesPresent(), new ChecksumsMatch(), new VersionConsistency(services));
  }
}
