package dev.stravinsky.release;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes zip archives with whatever names and modes. */
final class ZipBuilder {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes);

  /** An entry; {@code mode} with the type's bits, 0 for a zip of a system that has none. */
  ZipBuilder file(String name, int mode, String content) {
    return add(new Named(name, mode), content);
  }

  ZipBuilder stored(String name, String content) {
    Named entry = new Named(name, 0100644);
    byte[] data = content.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(data);
    entry.setMethod(ZipArchiveEntry.STORED);
    entry.setSize(data.length);
    entry.setCrc(crc.getValue());
    return add(entry, content);
  }

  byte[] bytes() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private ZipBuilder add(ZipArchiveEntry entry, String content) {
    try {
      zip.putArchiveEntry(entry);
      zip.write(content.getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The library would turn a backslash into a slash. */
  private static final class Named extends ZipArchiveEntry {
    Named(String name, int mode) {
      super("x");
      if (mode != 0) {
        setUnixMode(mode);
      }
      setName(name);
    }
  }
}
