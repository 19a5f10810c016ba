package dev.stravinsky.testkit.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShortTransfersTest {
  private static final byte[] CONTENT = "0123456789".getBytes();

  private final FaultFileSystem files = FaultFileSystem.inMemory();
  private final Path file = files.getPath("/file");

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  @Test
  void write_short_saysSoAndLeavesTheRestInTheBuffer() throws IOException {
    files.plan(FaultPlan.shortWhere(o -> o.kind() == Kind.WRITE, 3));
    try (FileChannel channel = open(StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer source = ByteBuffer.wrap(CONTENT);
      assertThat(channel.write(source)).isEqualTo(3);
      assertThat(source.remaining()).isEqualTo(7);
      assertThat(source.limit()).isEqualTo(10);
      assertThat(channel.write(ByteBuffer.wrap(CONTENT), 3)).isEqualTo(3);
      assertThat(channel.write(new ByteBuffer[] {ByteBuffer.wrap(CONTENT), source})).isEqualTo(3);
      assertThat(channel.write(ByteBuffer.wrap(CONTENT, 0, 2))).isEqualTo(2);
    }
    assertThat(file).hasContent("01201201");
    assertThat(files.injected()).isEqualTo(3);
  }

  @Test
  void read_short_saysSoAndGoesOnWhereItEnded() throws IOException {
    Files.write(file, CONTENT);
    files.plan(FaultPlan.shortWhere(o -> o.kind() == Kind.READ, 4));
    try (FileChannel channel = open(StandardOpenOption.READ)) {
      ByteBuffer target = ByteBuffer.allocate(16);
      assertThat(channel.read(target)).isEqualTo(4);
      assertThat(channel.read(target, 8)).isEqualTo(2);
      assertThat(target.limit()).isEqualTo(16);
      ByteBuffer[] two = {ByteBuffer.allocate(3), ByteBuffer.allocate(8)};
      assertThat(channel.read(two)).isEqualTo(6);
      assertThat(channel.read(two, 1, 0)).isZero();
      assertThat(new String(target.array(), 0, 6)).isEqualTo("012389");
    }
  }

  @Test
  void loopingProgram_everyTransferShort_isNotDisturbed() throws IOException {
    files.plan(FaultPlan.shortWhere(o -> true, 1));
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(CONTENT);
    }
    try (InputStream in = Files.newInputStream(file)) {
      assertThat(in.readAllBytes()).isEqualTo(CONTENT);
    }
    Files.copy(file, files.getPath("/copy"));
    assertThat(Files.readAllBytes(files.getPath("/copy"))).isEqualTo(CONTENT);
    try (FileChannel from = open(StandardOpenOption.READ);
        FileChannel to =
            FileChannel.open(
                files.getPath("/other"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(from.transferTo(0, 10, to)).isEqualTo(10);
    }
    assertThat(files.getPath("/other")).hasContent("0123456789");
    assertThat(files.injected()).isGreaterThan(20);
  }

  @Test
  void gather_wholeBuffers_areAllWrittenAndRead() throws IOException {
    try (FileChannel channel =
        open(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
      ByteBuffer[] sources = {ByteBuffer.wrap(CONTENT), ByteBuffer.wrap(CONTENT)};
      assertThat(channel.write(sources)).isEqualTo(20);
      channel.position(0);
      ByteBuffer[] targets = {ByteBuffer.allocate(15), ByteBuffer.allocate(15)};
      assertThat(channel.read(targets)).isEqualTo(20);
      assertThat(channel.read(new ByteBuffer[] {ByteBuffer.allocate(1)})).isEqualTo(-1);
    }
  }

  @Test
  void shortTransfer_ofNothing_isNoPlan() {
    assertThatThrownBy(() -> FaultPlan.shortWhere(o -> true, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private FileChannel open(StandardOpenOption... options) throws IOException {
    return FileChannel.open(file, options);
  }
}
