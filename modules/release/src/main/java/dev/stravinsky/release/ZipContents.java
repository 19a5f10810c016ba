package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.release.Item.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** A {@code .zip}, by its central directory alone. */
final class ZipContents extends ArchiveContents {
  private static final int UNIX = 3;
  private static final int DARWIN = 19;
  private static final int TYPE_BITS = 0170000;

  private final Path archive;
  private final ZipFile zip;
  private final MeteredStream.Meter meter;
  private final Map<EntryPath, Item> items = new HashMap<>();
  private final Map<EntryPath, ZipArchiveEntry> entries = new HashMap<>();

  private ZipContents(Path archive, ZipFile zip, MeteredStream.Meter meter, List<Item> all) {
    super(all);
    this.archive = archive;
    this.zip = zip;
    this.meter = meter;
    all.forEach(item -> items.put(item.path(), item));
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      entries.put(EntryNames.path(name(entry)), entry);
    }
  }

  static ZipContents open(Path archive, Limits limits) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(archive);
    try {
      ZipFile zip = ZipFile.builder().setSeekableByteChannel(channel).get();
      var meter = new MeteredStream.Meter(limits, Files.size(archive));
      return new ZipContents(archive, zip, meter, list(zip, meter, limits));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throwIfDamage(e, archive);
      throw e;
    }
  }

  /**
   * The library puts what it found into an exception of its own; an error of the disk is another.
   */
  private static void throwIfDamage(Exception e, Path archive) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof ZipException
          || each instanceof EOFException
          || each instanceof IllegalArgumentException) {
        throw Refusals.refused(archive + " is cut off or damaged: " + each.getMessage(), e);
      }
    }
  }

  @Override
  public void read(Collection<EntryPath> files, Reader reader) throws IOException {
    for (EntryPath file : files) {
      try (InputStream content = checked(zip, entries.get(file), meter)) {
        reader.accept(items.get(file), content);
      } catch (IOException e) {
        throwIfDamage(e, archive);
        throw e;
      }
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static List<Item> list(ZipFile zip, MeteredStream.Meter meter, Limits limits)
      throws IOException {
    Listing listing = new Listing(limits);
    for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
      if (!zip.canReadEntryData(entry)) {
        throw Refusals.refused(
            EntryNames.readable(name(entry)) + " is encrypted or packed in an unknown way");
      }
      int mode = unixMode(entry);
      Kind kind = kind(entry, mode);
      byte[] link = kind == Kind.LINK ? linkTarget(zip, entry, meter, limits) : new byte[0];
      // Tools that know no modes write none, or the type without one bit of permission.
      int bits = (mode & 07777) == 0 ? Item.NO_MODE : mode & 07777;
      listing.add(name(entry), kind, bits, link);
    }
    return listing.finish();
  }

  private static byte[] linkTarget(
      ZipFile zip, ZipArchiveEntry entry, MeteredStream.Meter meter, Limits limits)
      throws IOException {
    try (InputStream content = checked(zip, entry, meter)) {
      byte[] target = content.readNBytes(limits.nameBytes() + 1);
      if (target.length > limits.nameBytes()) {
        throw Refusals.refused(EntryNames.readable(name(entry)) + ": the link is too long");
      }
      return target;
    }
  }

  /** The content, compared at its end with the size and checksum that the directory promises. */
  private static InputStream checked(ZipFile zip, ZipArchiveEntry entry, MeteredStream.Meter meter)
      throws IOException {
    CRC32 crc = new CRC32();
    return new CheckedInputStream(new MeteredStream(zip.getInputStream(entry), meter), crc) {
      private long size;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        if (n > 0) {
          size += n;
        } else if (n < 0 && (crc.getValue() != entry.getCrc() || size != entry.getSize())) {
          throw new ZipException(EntryNames.readable(name(entry)) + " is not as it was packed");
        }
        return n;
      }
    };
  }

  private static int unixMode(ZipArchiveEntry entry) {
    boolean unix = entry.getPlatform() == UNIX || entry.getPlatform() == DARWIN;
    return unix ? (int) (entry.getExternalAttributes() >> 16) & 0xffff : 0;
  }

  private static Kind kind(ZipArchiveEntry entry, int mode) {
    byte[] name = name(entry);
    if (name.length > 0 && name[name.length - 1] == '/') {
      return Kind.DIRECTORY;
    }
    return switch (mode & TYPE_BITS) {
      case 0, 0100000 -> Kind.FILE;
      case 0040000 -> Kind.DIRECTORY;
      case 0120000 -> Kind.LINK;
      default -> Kind.SPECIAL;
    };
  }

  /** The bytes of a name: in UTF-8 where the archive says so, else as they are. */
  private static byte[] name(ZipArchiveEntry entry) {
    byte[] raw = entry.getRawName();
    boolean decoded = entry.getNameSource() != ZipArchiveEntry.NameSource.NAME;
    return raw == null || decoded ? entry.getName().getBytes(StandardCharsets.UTF_8) : raw;
  }
}
