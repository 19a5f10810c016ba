package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.release.Item.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** A {@code .tar.gz}: read once for the names, and again for the files that are wanted. */
final class TarContents extends ArchiveContents {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path archive;
  private final Limits limits;
  private final Map<EntryPath, Item> byPath = new HashMap<>();

  private TarContents(Path archive, Limits limits, List<Item> items) {
    super(items);
    this.archive = archive;
    this.limits = limits;
    items.forEach(item -> byPath.put(item.path(), item));
  }

  /** Reads the whole archive, so that one that is cut off or damaged is known before any write. */
  static TarContents open(Path archive, Limits limits) throws IOException {
    Listing listing = new Listing(limits);
    try (TarReader tar = reader(archive, limits)) {
      for (Optional<TarReader.Entry> e = tar.next(); e.isPresent(); e = tar.next()) {
        TarReader.Entry entry = e.get();
        listing.add(entry.name(), kind(entry.type()), entry.mode(), entry.link());
      }
    } catch (EOFException | ZipException e) {
      throw damaged(archive, e);
    }
    return new TarContents(archive, limits, listing.finish());
  }

  @Override
  public void read(Collection<EntryPath> files, Reader reader) throws IOException {
    Set<EntryPath> missing = new HashSet<>(files);
    try (TarReader tar = reader(archive, limits)) {
      while (!missing.isEmpty()) {
        Optional<TarReader.Entry> entry = tar.next();
        if (entry.isEmpty()) {
          throw new IOException(archive + " changed while it was read");
        }
        EntryPath path = EntryNames.path(entry.get().name());
        if (missing.remove(path)) {
          reader.accept(byPath.get(path), tar.content());
        }
      }
    } catch (EOFException | ZipException e) {
      throw damaged(archive, e);
    }
  }

  @Override
  public void close() {}

  private static TarReader reader(Path archive, Limits limits) throws IOException {
    InputStream file = Files.newInputStream(archive);
    try {
      var meter = new MeteredStream.Meter(limits, Files.size(archive));
      return new TarReader(new MeteredStream(new GZIPInputStream(file, BUFFER_BYTES), meter));
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static RuntimeException damaged(Path archive, IOException e) {
    String what = e.getMessage() == null ? "cut off" : e.getMessage();
    return Refusals.refused(archive + " is cut off, damaged or no .tar.gz: " + what, e);
  }

  private static Kind kind(char type) {
    return switch (type) {
      case '0', '7', 0 -> Kind.FILE;
      case '1' -> Kind.HARD_LINK;
      case '2' -> Kind.LINK;
      case '5' -> Kind.DIRECTORY;
      default -> Kind.SPECIAL;
    };
  }
}
