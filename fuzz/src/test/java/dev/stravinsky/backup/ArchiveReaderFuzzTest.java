package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.stravinsky.api.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Bytes of any kind as an archive: nothing but {@link TarFormatException} comes of them, what is
 * unpacked has the promised length, and a header that is taken is one that would be written.
 */
class ArchiveReaderFuzzTest {
  private static final Sha256 ANY = Sha256.of(new byte[0]);
  private static final FileSystem MEMORY = Jimfs.newFileSystem(Configuration.unix());
  private static final Path ARCHIVE = MEMORY.getPath("/archive");

  @FuzzTest
  void archive(byte[] data) throws IOException {
    tar(data);
    tar(withChecksums(data));
    stored(data);
    packed(data);
  }

  /** The bytes are what a member unpacks to. */
  private static void tar(byte[] raw) {
    TarHeaderReader reader = new TarHeaderReader(raw, raw.length);
    try {
      while (!reader.atEnd()) {
        int start = reader.position();
        TarHeader header = reader.next();
        byte[] written = TarHeaderWriter.bytes(header);
        assertThat(written).isEqualTo(Arrays.copyOfRange(raw, start, reader.position()));
        assertThat(header.size()).isNotNegative();
        reader.skip(header.type() == TarHeader.FILE ? header.size() : 0);
      }
    } catch (TarFormatException e) {
      assertThat(e).hasMessageMatching("(?s).+");
    }
  }

  /** Else no change of a header would get past its checksum. */
  private static byte[] withChecksums(byte[] data) {
    byte[] raw = data.clone();
    for (int block = 0; block + TarHeader.BLOCK <= raw.length; block += TarHeader.BLOCK) {
      if (raw[block + 257] == 'u' && raw[block + 258] == 's') {
        Arrays.fill(raw, block + 148, block + 156, (byte) ' ');
        int sum = 0;
        for (int i = block; i < block + TarHeader.BLOCK; i++) {
          sum += raw[i] & 0xff;
        }
        byte[] digits = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, raw, block + 148, digits.length);
      }
    }
    return raw;
  }

  /** The first byte says how long it has to be unpacked, the others are the archive. */
  private static void stored(byte[] data) throws IOException {
    if (data.length < 2) {
      return;
    }
    Files.write(ARCHIVE, Arrays.copyOfRange(data, 1, data.length));
    long promised = 1L << (data[0] & 0xff) % 63;
    for (long offset : new long[] {0, data.length / 2}) {
      unpack(new Member(offset, data.length - 1, promised, ANY, ANY));
    }
  }

  private static void packed(byte[] data) throws IOException {
    try (GzipMember gzip = new GzipMember(1)) {
      byte[] stored = gzip.pack(data, data.length);
      Files.write(ARCHIVE, stored);
      for (int more : new int[] {0, 1, -1}) {
        if (data.length + more > 0) {
          boolean whole = unpack(new Member(0, stored.length, data.length + more, ANY, ANY));
          assertThat(whole).isEqualTo(more == 0);
        }
      }
    }
  }

  private static boolean unpack(Member member) throws IOException {
    try (ArchiveReader reader = new ArchiveReader(ARCHIVE)) {
      long[] seen = new long[1];
      reader.stream(member, (bytes, n) -> seen[0] += n);
      assertThat(seen[0]).isEqualTo(member.rawBytes());
      assertThat((long) reader.unpack(member).length).isEqualTo(member.rawBytes());
      return true;
    } catch (TarFormatException e) {
      assertThat(e).hasMessageMatching("(?s).+");
      return false;
    }
  }
}
