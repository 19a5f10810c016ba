package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Parallel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SteadyFileTest {
  @TempDir Path directory;

  /** Writes to the file whenever it is looked at, so many times. */
  private static FileStat.Reader writing(int times) {
    return new FileStat.Reader() {
      private int left = times;

      @Override
      FileStat read(Path path) throws IOException {
        if (left-- > 0) {
          Files.writeString(path, "more", StandardOpenOption.APPEND);
        }
        return super.read(path);
      }
    };
  }

  @Test
  void read_changedOnce_givesTheLaterContent() throws IOException {
    Path file = Files.writeString(directory.resolve("log"), "first");

    SteadyFile read =
        SteadyFile.read(file, new FileStat.Reader().read(file), writing(2), ByteBuffer::allocate);

    assertThat(StandardCharsets.UTF_8.decode(read.content()).toString()).isEqualTo("firstmoremore");
    assertThat(read.stat().size()).isEqualTo(13);
  }

  @Test
  void write_largeFileChangesWhileItIsStreamed_namesTheFile() throws IOException {
    Path file = Files.write(directory.resolve("large"), new byte[5_000_000]);
    Item.Place place = new Item.Place("hooks", "global", EntryPath.of("large"), false);
    Item item = new Item(place, file, new FileStat.Reader().read(file), Origin.USER, "");
    KnownMembers known = new KnownMembers();
    try (Parallel parallel = Parallel.on(directory);
        UnitPacker packer = new UnitPacker(1, known, writing(1), false);
        ArchiveWriter writer =
            new ArchiveWriter(directory.resolve("a.tar.gz"), () -> {}, packer, known)) {
      assertThatThrownBy(() -> writer.add(Unit.cut(List.of(item)), parallel, bytes -> {}))
          .isInstanceOf(SteadyFile.RestlessFileException.class)
          .hasMessageContaining(file.toString());
    }
  }

  @Test
  void read_neverAtRest_namesTheFile() throws IOException {
    Path file = Files.writeString(directory.resolve("log"), "first");

    FileStat known = new FileStat.Reader().read(file);

    assertThatThrownBy(() -> SteadyFile.read(file, known, writing(1000), ByteBuffer::allocate))
        .isInstanceOf(SteadyFile.RestlessFileException.class)
        .hasMessageContaining(file.toString());
  }
}
