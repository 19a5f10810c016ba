package dev.stravinsky.backup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The heads of manifests. A command asks for those of all backups again and again, which is most of
 * what a kept backup costs it: the same bytes are read again, but not parsed.
 */
final class KnownHeads {
  private static final int BEGINNING_BYTES = 64 * 1024;

  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  /**
   * A head and its text.
   *
   * @param text the manifest from its beginning to where the reader stopped
   */
  record Known(byte[] text, ManifestHead head) {
    boolean isOf(byte[] beginning) {
      return text.length <= beginning.length
          && Arrays.equals(text, 0, text.length, beginning, 0, text.length);
    }
  }

  /** The head as the file has it now. Throws DamagedException if it is no manifest. */
  ManifestHead read(Path manifest) throws IOException {
    try (InputStream in = Files.newInputStream(manifest)) {
      byte[] beginning = in.readNBytes(BEGINNING_BYTES);
      Optional<Known> before = Optional.ofNullable(known.get(manifest));
      if (before.isPresent() && before.get().isOf(beginning)) {
        return before.get().head();
      }
      InputStream whole = new SequenceInputStream(new ByteArrayInputStream(beginning), in);
      ManifestReader.Beginning read = ManifestReader.beginning(manifest, whole);
      if (read.stopped() && read.bytes() <= beginning.length) {
        byte[] text = Arrays.copyOf(beginning, Math.toIntExact(read.bytes()));
        known.put(manifest, new Known(text, read.head()));
      }
      return read.head();
    }
  }
}
