package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The format of a record, at its edges. */
final class JournalFrameTest {
  private static final int HEAD = 44;

  @Test
  void sizeOf_anyPayload_isTheNextWholeSector() {
    assertThat(JournalFrame.sizeOf(0)).isEqualTo(512);
    assertThat(JournalFrame.sizeOf(512 - HEAD)).isEqualTo(512);
    assertThat(JournalFrame.sizeOf(512 - HEAD + 1)).isEqualTo(1024);
  }

  @Test
  void decode_recordThatEndsWithTheFile_isWhole() {
    byte[] frame = JournalFrame.encode(3, new byte[512 - HEAD]).array();
    assertThat(JournalFrame.decode(frame, 0, 3)).contains(new byte[512 - HEAD]);
    assertThat(JournalFrame.decode(frame, 0, 4)).isEmpty();
    byte[] empty = Arrays.copyOf(JournalFrame.encode(0, new byte[0]).array(), HEAD);
    assertThat(JournalFrame.decode(empty, 0, 0)).contains(new byte[0]);
    assertThat(JournalFrame.decode(Arrays.copyOf(empty, HEAD - 1), 0, 0)).isEmpty();
  }

  @Test
  void decode_recordThatIsCut_isNone() {
    byte[] frame = JournalFrame.encode(0, new byte[200]).array();
    assertThat(JournalFrame.decode(Arrays.copyOf(frame, HEAD + 200), 0, 0)).isPresent();
    assertThat(JournalFrame.decode(Arrays.copyOf(frame, HEAD + 199), 0, 0)).isEmpty();
  }

  @Test
  void decode_lengthThatIsNone_isNone() {
    for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      byte[] frame = JournalFrame.encode(0, new byte[10]).array();
      ByteBuffer.wrap(frame).putInt(8, length);
      assertThat(JournalFrame.decode(frame, 0, 0)).as("length %d", length).isEmpty();
    }
  }

  @Test
  void decode_recordWithAnotherNumber_isNotTakenForIt() {
    byte[] frame = JournalFrame.encode(0, new byte[10]).array();
    ByteBuffer.wrap(frame).putInt(4, 1);
    assertThat(JournalFrame.decode(frame, 0, 1)).isEmpty();
  }

  @Test
  void anyBehind_recordInTheLastBytes_isFound() {
    byte[] last = Arrays.copyOf(JournalFrame.encode(1, new byte[0]).array(), HEAD);
    byte[] file = new byte[512 + HEAD];
    System.arraycopy(last, 0, file, 512, HEAD);
    assertThat(JournalFrame.anyBehind(file, 0, 1)).isTrue();
    assertThat(JournalFrame.anyBehind(file, 0, 2)).isFalse();
    assertThat(JournalFrame.anyBehind(file, 512, 1)).isFalse();
    assertThat(JournalFrame.anyBehind(Arrays.copyOf(file, 512 + HEAD - 1), 0, 1)).isFalse();
  }
}
