package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.backup.BackupStore;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file larger than the heap is backed up, verified and restored. */
class BoundedMemoryTest {
  private static final int HEAP_MB = 40;
  private static final int FILE_MB = 120;

  @Test
  void backup_fileLargerThanTheHeap_needsNoMoreMemory(@TempDir Path directory) throws IOException {
    Shell.Result result =
        Shell.run(
            directory,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BoundedMemoryTest.class.getName(),
                directory.toString()));

    assertThat(result.output()).endsWith("restored\n");
    assertThat(result.status()).isZero();
  }

  /** The process with the small heap. */
  public static void main(String[] args) throws IOException {
    try (Sandbox sandbox = Sandbox.onDisk(Path.of(args[0]))) {
      Path hooks = sandbox.claude().resolve("hooks");
      byte[] piece = new byte[1 << 20];
      Files.createDirectories(hooks);
      try (var out = Files.newOutputStream(hooks.resolve("large.bin"))) {
        for (int i = 0; i < FILE_MB; i++) {
          piece[i] = 1;
          out.write(piece);
        }
      }
      for (int i = 0; i < 12; i++) {
        Files.write(hooks.resolve("middle" + i), java.util.Arrays.copyOf(piece, 3_900_000 + i));
      }
      BackupStore store = sandbox.services().backups();
      Target target = Target.tree("hooks", Scope.USER, hooks);
      Backup backup =
          store.create(
              new BackupRequest(
                  Scope.USER,
                  new Version("v1"),
                  BackupReason.MANUAL,
                  List.of(TargetWalk.live(target)),
                  Optional.empty(),
                  false),
              Progress.NONE);
      boolean intact =
          store.verify(backup, new BackupStore.Depth.Unpacked(), Progress.NONE).intact();
      try (Stream<dev.stravinsky.api.backup.BackupEntry> entries = backup.entries();
          Backup.Extraction extraction = backup.extract(entries.toList())) {
        System.out.println(intact && extraction != null ? "restored" : "damaged");
      }
    }
  }
}
