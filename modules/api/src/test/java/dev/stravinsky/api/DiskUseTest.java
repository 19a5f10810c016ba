package dev.stravinsky.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.DiskUse.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskUseTest {
  @TempDir Path temporary;

  private void write(Path file, int bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, new byte[bytes]);
  }

  @Test
  void of_everyPart_countsEachFileOnce() throws IOException {
    Home home = new Home(temporary.resolve("home"));
    write(home.backups().resolve("v1/hooks.tar.gz"), 1);
    write(home.projectBackups().resolve("p-1/v1/manifest.json"), 2);
    write(home.operationsLog(), 4);
    write(home.audit().resolve("archive/operations-1-2.log.gz"), 8);
    write(home.index(), 16);
    write(home.audit().resolve("audit.db-wal"), 32);
    write(home.releases().resolve("v1/release.json"), 64);
    write(home.quarantine().resolve("v0/manifest.json"), 128);
    write(home.staging().resolve("x"), 256);
    write(home.config(), 512);
    Path outside = temporary.resolve("outside");
    write(outside.resolve("large"), 1_000_000);
    Files.createSymbolicLink(home.backups().resolve("link"), outside);
    Files.createSymbolicLink(home.directory().resolve("dangling"), temporary.resolve("nowhere"));

    DiskUse use = DiskUse.of(home);

    assertThat(use.of(Part.BACKUPS)).isEqualTo(1 + 2);
    assertThat(use.of(Part.TRAIL)).isEqualTo(4 + 8);
    assertThat(use.of(Part.INDEX)).isEqualTo(16 + 32);
    assertThat(use.of(Part.RELEASES)).isEqualTo(64);
    assertThat(use.of(Part.RECOVERY)).isEqualTo(128 + 256);
    assertThat(use.of(Part.OTHER)).isEqualTo(512);
    assertThat(use.total()).isEqualTo(1023);
    assertThat(use.unread()).isZero();
  }

  @Test
  void of_noHome_isNothing() throws IOException {
    DiskUse use = DiskUse.of(new Home(temporary.resolve("none")));

    assertThat(use.total()).isZero();
    assertThat(use.unread()).isZero();
    assertThat(use.bytes()).containsOnlyKeys(Part.values());
  }
}
