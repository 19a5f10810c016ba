package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Instant;
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
                RawNames.encode(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
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
}
