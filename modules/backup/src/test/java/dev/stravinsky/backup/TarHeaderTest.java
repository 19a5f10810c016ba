package dev.stravinsky.backup;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.PercentEncoding;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TarHeaderTest {
  private static final TarHeader.Owner OWNER = new TarHeader.Owner(1000, 100, "user", "grp");

  private static TarHeader read(byte[] bytes) throws TarFormatException {
    TarHeaderReader reader = new TarHeaderReader(bytes, bytes.length);
    TarHeader header = reader.next();
    assertThat(reader.atEnd()).isTrue();
    return header;
  }

  @ParameterizedTest
  @CsvSource({
    "hooks/global/a.py, 5, 2024-01-01T00:00:00Z",
    "hooks/global/%C3%A9.py, 5, 2024-01-01T00:00:00.5Z",
    "hooks/global/%FF%FE, 0, 1969-12-31T23:59:59.999999999Z",
    "hooks/global/a.py, 9000000000, 2024-01-01T00:00:00Z",
    "hooks/global/a.py, 5, +10000-01-01T00:00:00Z",
  })
  void header_writtenAndRead_isTheSame(String name, long size, Instant time) throws Exception {
    TarHeader header = new TarHeader(name, TarHeader.FILE, 0755, size, time, "", OWNER);

    assertThat(read(TarHeaderWriter.bytes(header))).isEqualTo(header);
  }

  @Test
  void header_longNames_areTheSameAgain() throws Exception {
    for (int length = 90; length < 600; length++) {
      String name =
          "hooks/global/" + "d".repeat(length / 2) + "/" + "n".repeat(length - length / 2);
      TarHeader link =
          new TarHeader(name, TarHeader.LINK, 0777, 0, Instant.EPOCH, "../" + name, OWNER);
      assertThat(read(TarHeaderWriter.bytes(link))).isEqualTo(link);
    }
  }

  @Test
  void header_hugeOwners_areTheSameAgain() throws Exception {
    TarHeader.Owner owner = new TarHeader.Owner(4_294_967_294L, 3_000_000_000L, "", "");
    TarHeader header = new TarHeader("a", TarHeader.DIRECTORY, 01777, 0, Instant.EPOCH, "", owner);

    assertThat(read(TarHeaderWriter.bytes(header))).isEqualTo(header);
  }

  @Test
  void header_readByAnotherProgram_saysTheSame() throws Exception {
    String name = "hooks/global/" + "ü".repeat(120);
    Instant time = Instant.parse("2024-02-03T04:05:06.123456789Z");
    byte[] bytes =
        TarHeaderWriter.bytes(
            new TarHeader(
                PercentEncoding.encode(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                TarHeader.FILE,
                0640,
                0,
                time,
                "",
                OWNER));

    try (TarArchiveInputStream other =
        new TarArchiveInputStream(new ByteArrayInputStream(bytes), "UTF-8")) {
      TarArchiveEntry entry = other.getNextEntry();
      assertThat(entry.getName()).isEqualTo(name);
      assertThat(entry.getMode()).isEqualTo(0640);
      assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo(time);
      assertThat(entry.getLastModifiedDate()).isEqualTo(Date.from(time));
      assertThat(entry.getUserName()).isEqualTo("user");
      assertThat(entry.getLongGroupId()).isEqualTo(100);
    }
  }

  @Test
  void reader_anyByteOfTheBlockTurned_isNoticedOrMeansTheSameBytes() {
    TarHeader header = new TarHeader("hooks/a", TarHeader.FILE, 0755, 3, Instant.EPOCH, "", OWNER);
    byte[] bytes = TarHeaderWriter.bytes(header);
    for (int i = 0; i < bytes.length; i++) {
      byte[] turned = bytes.clone();
      turned[i] ^= 1;
      if (i < 154 || i >= 156) { // Between them is only the padding of the checksum itself.
        assertThatThrownBy(() -> read(turned))
            .as("byte " + i)
            .isInstanceOf(TarFormatException.class);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-900000000, a negative size",
    "-000000001, a negative size",
    "9000000 00, not a number",
    "0x90000000, not a number",
    "0000000009, in other bytes",
  })
  void reader_sizeInPaxRecordThatIsNone_isRefused(String size, String said) {
    String text = new String(TarHeaderWriter.bytes(file(9_000_000_000L)), ISO_8859_1);
    assertThat(text).contains("size=9000000000");
    byte[] forged = text.replace("size=9000000000", "size=" + size).getBytes(ISO_8859_1);

    assertThatThrownBy(() -> read(forged))
        .isInstanceOf(TarFormatException.class)
        .hasMessageContaining(said);
  }

  /**
   * Base 256, as GNU tar writes what octal digits cannot say: {@code 0xff} begins a negative one.
   */
  @ParameterizedTest
  @CsvSource({
    "124, 12, ff, a negative number",
    "124, 12, fe, a negative number",
    "124, 12, 80, too large",
    "108, 8, ff, a negative number",
    "136, 12, ff, a negative number",
  })
  void reader_negativeOrHugeNumberInBase256_isRefused(
      int at, int length, String first, String said) {
    byte[] forged = TarHeaderWriter.bytes(file(3));
    Arrays.fill(forged, at, at + length, (byte) 0xff);
    forged[at] = (byte) Integer.parseInt(first, 16);
    sign(forged);

    assertThatThrownBy(() -> read(forged))
        .isInstanceOf(TarFormatException.class)
        .hasMessageContaining(said);
  }

  @Test
  void skip_moreThanThereIs_isRefused() throws Exception {
    byte[] bytes = TarHeaderWriter.bytes(file(3));
    for (long size : new long[] {1, 1L << 31, 1L << 40, Long.MAX_VALUE - 511, Long.MAX_VALUE, -1}) {
      TarHeaderReader reader = new TarHeaderReader(bytes, bytes.length);
      reader.next();
      assertThatThrownBy(() -> reader.skip(size))
          .as("" + size)
          .isInstanceOf(TarFormatException.class);
    }
  }

  private static TarHeader file(long size) {
    return new TarHeader("hooks/a", TarHeader.FILE, 0755, size, Instant.EPOCH, "", OWNER);
  }

  /** The checksum as ustar has it: six octal digits, a zero, a space. */
  private static void sign(byte[] block) {
    int sum = 8 * ' ';
    for (int i = 0; i < TarHeader.BLOCK; i++) {
      sum += i >= 148 && i < 156 ? 0 : block[i] & 0xff;
    }
    byte[] digits = "%06o\0 ".formatted(sum).getBytes(ISO_8859_1);
    System.arraycopy(digits, 0, block, 148, digits.length);
  }
}
