package dev.stravinsky.config;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The bytes of {@code config.json}. */
final class ConfigFile {
  private static final int MAX_LINKS = 40;
  private static final int MAX_BYTES = 4 << 20;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;

  ConfigFile(Path file) {
    this.file = file;
  }

  Path path() {
    return file;
  }

  /** The text; empty with no file, or after telling {@code faults} that it is no text. */
  Optional<String> text(Faults faults) throws IOException {
    byte[] bytes;
    try {
      if (Files.size(file) > MAX_BYTES) {
        faults.add(ErrorKind.PARSE_ERROR, 1, "larger than 4 MiB: not a configuration");
        return Optional.empty();
      }
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      faults.add(ErrorKind.PARSE_ERROR, lineOfBadByte(bytes), "not UTF-8 text");
      return Optional.empty();
    }
  }

  /** The mark that some editors put before the text, which is no JSON but does no harm. */
  static String byteOrderMark(String text) {
    return text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
  }

  /** Replaces the content durably; a link stays a link, a mode stays what it is. */
  void replace(String text) throws IOException {
    Path end = linkEnd();
    Durable.createDirectories(end.toAbsolutePath().getParent());
    int mode = Presence.exists(end) ? FileModes.of(end) : FileWrites.PRIVATE_FILE;
    Durable.replace(end, text.getBytes(StandardCharsets.UTF_8), mode);
  }

  private Path linkEnd() throws IOException {
    Path end = file;
    for (int i = 0; Presence.isSymbolicLink(end); i++) {
      if (i == MAX_LINKS) {
        throw new java.nio.file.FileSystemLoopException(file.toString());
      }
      end = end.resolveSibling(Files.readSymbolicLink(end));
    }
    return end;
  }

  private static int lineOfBadByte(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    java.nio.CharBuffer out = java.nio.CharBuffer.allocate(bytes.length + 1);
    StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    int line = 1;
    for (int i = 0; i < in.position(); i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return line;
  }
}
