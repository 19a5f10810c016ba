package dev.stravinsky.chaos.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** POSIX tar in gzip, as far as contents go: headers of 512 bytes, each followed by its content. */
final class OwnTar implements ArchiveContents {
  private static final int BLOCK = 512;
  private static final int SIZE_AT = 124;
  private static final int SIZE_BYTES = 12;
  private static final int TYPE_AT = 156;

  @Override
  public Set<String> of(Path archive) throws IOException {
    byte[] packed = Files.readAllBytes(archive);
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return digests(in.readAllBytes());
    } catch (ZipException | EOFException | NumberFormatException e) {
      throw new UnreadableException(archive, e.toString());
    }
  }

  private static Set<String> digests(byte[] tar) throws EOFException {
    Set<String> digests = new HashSet<>();
    int at = 0;
    while (at + BLOCK <= tar.length && tar[at] != 0) {
      String octal = new String(tar, at + SIZE_AT, SIZE_BYTES, StandardCharsets.ISO_8859_1).strip();
      int size = octal.isEmpty() ? 0 : Integer.parseInt(octal.replace("\0", ""), 8);
      byte type = tar[at + TYPE_AT];
      int content = at + BLOCK;
      if (size < 0 || size > tar.length - content) {
        throw new EOFException("an entry of " + size + " bytes goes beyond the end");
      }
      if (type == '0' || type == 0) {
        digests.add(ArchiveContents.digest(Arrays.copyOfRange(tar, content, content + size)));
      }
      at = content + (size + BLOCK - 1) / BLOCK * BLOCK;
    }
    return digests;
  }
}
