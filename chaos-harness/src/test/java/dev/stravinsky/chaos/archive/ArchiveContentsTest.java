package dev.stravinsky.chaos.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.chaos.archive.ArchiveContents.UnreadableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both readers say the same of what GNU tar has packed, and neither passes over damage. */
class ArchiveContentsTest {
  @TempDir Path folder;

  private Path archive;

  @BeforeEach
  void pack() throws Exception {
    Path tree = Files.createDirectories(folder.resolve("tree/hooks/lib"));
    Files.writeString(tree.resolve("one.py"), "1\n");
    Files.writeString(tree.resolve("empty"), "");
    Files.write(folder.resolve("tree/large"), new byte[100_000]);
    Files.createSymbolicLink(folder.resolve("tree/link"), Path.of("nowhere"));
    archive = folder.resolve("tree.tar.gz");
    Process tar =
        new ProcessBuilder("tar", "-czf", archive.toString(), "-C", folder.toString(), "tree")
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();
  }

  @Test
  void of_whatTarHasPacked_areTheFilesDigests() throws IOException {
    Set<String> expected =
        Set.of(digest("1\n"), digest(""), ArchiveContents.digest(new byte[100_000]));
    for (ArchiveContents reader : List.of(new OwnTar(), new SystemTar())) {
      assertThat(reader.of(archive)).as(reader.getClass().getSimpleName()).isEqualTo(expected);
    }
    assertThat(ArchiveContents.digests(archive)).isEqualTo(expected);
  }

  @Test
  void of_aCutOrDamagedArchive_cannotBeUnpacked() throws IOException {
    byte[] whole = Files.readAllBytes(archive);
    byte[] bad = whole.clone();
    Arrays.fill(bad, whole.length / 2, whole.length / 2 + 20, (byte) 0x5a);
    for (byte[] damaged : List.of(Arrays.copyOf(whole, whole.length / 2), bad)) {
      Files.write(archive, damaged);
      for (ArchiveContents reader : List.of(new OwnTar(), new SystemTar())) {
        assertThatThrownBy(() -> reader.of(archive))
            .as(reader.getClass().getSimpleName())
            .isInstanceOf(UnreadableException.class);
      }
    }
  }

  private static String digest(String text) {
    return ArchiveContents.digest(text.getBytes(StandardCharsets.UTF_8));
  }
}
