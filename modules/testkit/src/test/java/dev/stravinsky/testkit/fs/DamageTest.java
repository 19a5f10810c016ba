package dev.stravinsky.testkit.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.testkit.fs.Damage.CutAt;
import dev.stravinsky.testkit.fs.Damage.FlippedBit;
import dev.stravinsky.testkit.fs.Damage.ZeroedBlock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DamageTest {
  private final FaultFileSystem files = FaultFileSystem.inMemory();
  private final Path file = files.getPath("/file");

  @BeforeEach
  void write() throws IOException {
    Files.writeString(file, "abcdefgh");
  }

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  static Stream<Arguments> kinds() {
    return Stream.of(
        Arguments.of(new FlippedBit(2, 5), "abCdefgh"),
        Arguments.of(new ZeroedBlock(5, 100), "abcde\0\0\0"),
        Arguments.of(new CutAt(3), "abc"),
        Arguments.of(new CutAt(0), ""));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void misread_always_isWrongEachTimeAndTheDiskIsGood(Damage damage, String read)
      throws IOException {
    files.plan(FaultPlan.misreadWhere(o -> o.path().equals(file), damage));
    for (int step : new int[] {100, 1, 3}) {
      assertThat(readInSteps(step)).as("in steps of %d", step).isEqualTo(read);
    }
    assertThat(Files.size(file)).isEqualTo(8);
    assertThat(files.injected()).isGreaterThanOrEqualTo(3);
    files.plan(FaultPlan.NONE);
    assertThat(file).hasContent("abcdefgh");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void misread_once_isGoodWhenReadAgain(Damage damage, String read) throws IOException {
    files.plan(FaultPlan.misreadWhere(o -> o.path().equals(file), damage.once()));
    assertThat(readInSteps(100)).isEqualTo(read);
    assertThat(readInSteps(100)).isEqualTo("abcdefgh");
    assertThat(files.injected()).isBetween(1L, 2L);
  }

  @Test
  void misread_onceOfALaterByte_waitsForThatByte() throws IOException {
    files.plan(FaultPlan.misreadWhere(o -> true, new FlippedBit(6, 5).once()));
    assertThat(readInSteps(2)).isEqualTo("abcdefGh");
    assertThat(readInSteps(2)).isEqualTo("abcdefgh");
  }

  @Test
  void misread_positioned_spoilsTheSameBytes() throws IOException {
    files.plan(FaultPlan.misreadWhere(o -> true, new ZeroedBlock(3, 2)));
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer target = ByteBuffer.allocate(4);
      assertThat(channel.read(target, 1)).isEqualTo(4);
      assertThat(new String(target.array())).isEqualTo("bc\0\0");
      assertThat(channel.position()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void damage_atRest_staysAndShowsInNothingButTheBytes(Damage damage, String left)
      throws IOException {
    FileTime longAgo = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(file, longAgo);
    Object inode = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    files.plan(FaultPlan.killAt(1));

    files.damage(file, damage);

    files.plan(FaultPlan.NONE);
    assertThat(Files.readString(file)).isEqualTo(left);
    assertThat(Files.size(file)).isEqualTo(left.length());
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);
    assertThat(Files.readAttributes(file, BasicFileAttributes.class).fileKey()).isEqualTo(inode);
    assertThat(files.changes()).isZero();
  }

  @Test
  void damage_thatWouldChangeNothing_isRefused() throws IOException {
    for (Damage nothing : new Damage[] {new FlippedBit(8, 0), new CutAt(8)}) {
      assertThatThrownBy(() -> files.damage(file, nothing))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("changes nothing in /file");
    }
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> files.damage(file, new ZeroedBlock(0, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void damage_thatIsNone_cannotBeMade() {
    assertThatThrownBy(() -> new FlippedBit(0, 8)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ZeroedBlock(0, 0)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new CutAt(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  private String readInSteps(int bytes) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] step = new byte[bytes];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(step); n >= 0; n = in.read(step)) {
        text.append(new String(step, 0, n));
      }
    }
    return text.toString();
  }
}
