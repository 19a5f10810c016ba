package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    SteadyFile read = SteadyFile.read(file, writing(2));

    assertThat(new String(read.content())).isEqualTo("firstmoremore");
    assertThat(read.stat().size()).isEqualTo(13);
  }

  @Test
  void read_neverAtRest_namesTheFile() throws IOException {
    Path file = Files.writeString(directory.resolve("log"), "first");

    assertThatThrownBy(() -> SteadyFile.read(file, writing(1000)))
        .isInstanceOf(SteadyFile.RestlessFileException.class)
        .hasMessageContaining(file.toString());
  }
}
