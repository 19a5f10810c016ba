package dev.stravinsky.validator;

import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.ValidatorContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;

/** Every check of the machine keeps the contract of all checks. */
class MachineChecksContractTest {

  private abstract static class OneOfThem extends ValidatorContract {
    private final String id;

    OneOfThem(String id) {
      this.id = id;
    }

    @Override
    protected Sandbox open(Path emptyDir) throws IOException {
      return Sandbox.inMemory();
    }

    @Override
    protected Validator validator() {
      return Stream.concat(
              MachineChecks.beforeUpdate(sandbox.services()).stream(),
              MachineChecks.afterUpdate(sandbox.services()).stream())
          .filter(validator -> validator.id().equals(id))
          .findFirst()
          .orElseThrow();
    }
  }

  @Nested
  class DiskSpaceTest extends OneOfThem {
    DiskSpaceTest() {
      super("disk-space");
    }
  }

  @Nested
  class PermissionsTest extends OneOfThem {
    PermissionsTest() {
      super("permissions");
    }
  }

  @Nested
  class FileLocksTest extends OneOfThem {
    FileLocksTest() {
      super("file-locks");
    }
  }

  @Nested
  class BackupCapacityTest extends OneOfThem {
    BackupCapacityTest() {
      super("backup-capacity");
    }
  }

  @Nested
  class PreviousBackupsTest extends OneOfThem {
    PreviousBackupsTest() {
      super("previous-backups");
    }
  }

  @Nested
  class FilesPresentTest extends OneOfThem {
    FilesPresentTest() {
      super("files-present");
    }
  }

  @Nested
  class ChecksumsMatchTest extends OneOfThem {
    ChecksumsMatchTest() {
      super("checksums-match");
    }
  }

  @Nested
  class VersionConsistencyTest extends OneOfThem {
    VersionConsistencyTest() {
      super("version-consistency");
    }
  }
}
