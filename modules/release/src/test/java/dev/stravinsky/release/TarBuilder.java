package dev.stravinsky.release;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes tar archives byte by byte, so that they can also be such as no program would write. */
final class TarBuilder {
  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  TarBuilder file(String name, String content) {
    return entry(bytes(name), '0', 0644, "", bytes(content));
  }

  TarBuilder file(String name, int mode, String content) {
    return entry(bytes(name), '0', mode, "", bytes(content));
  }

  TarBuilder directory(String name) {
    return entry(bytes(name), '5', 0755, "", new byte[0]);
  }

  TarBuilder link(String name, String to) {
    return entry(bytes(name), '2', 0777, to, new byte[0]);
  }

  TarBuilder hardLink(String name, String to) {
    return entry(bytes(name), '1', 0644, to, new byte[0]);
  }

  TarBuilder special(String name, char type) {
    return entry(bytes(name), type, 0644, "", new byte[0]);
  }

  /** A PAX header for the next entry. */
  TarBuilder pax(String key, String value) {
    byte[] record = bytes(key + "=" + value + "\n");
    int length = record.length + 2;
    while (String.valueOf(length).length() + 1 + record.length != length) {
      length = String.valueOf(length).length() + 1 + record.length;
    }
    byte[] content = bytes(length + " " + new String(record, StandardCharsets.UTF_8));
    return entry(bytes("pax"), 'x', 0644, "", content);
  }

  TarBuilder entry(byte[] name, char type, int mode, String link, byte[] content) {
    byte[] header = new byte[512];
    System.arraycopy(name, 0, header, 0, Math.min(name.length, 100));
    put(header, 100, "%07o".formatted(mode));
    put(header, 124, "%011o".formatted(content.length));
    put(header, 136, "%011o".formatted(0));
    header[156] = (byte) type;
    put(header, 157, link);
    put(header, 257, "ustar\00000");
    put(header, 148, "        ");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    tar.writeBytes(header);
    tar.writeBytes(content);
    tar.writeBytes(new byte[(512 - content.length % 512) % 512]);
    return this;
  }

  /** The archive with its end blocks. */
  byte[] gzip() {
    return gzip(true);
  }

  byte[] gzip(boolean withEnd) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(tar.toByteArray());
      gzip.write(new byte[withEnd ? 1024 : 0]);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = bytes(text);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
