package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;

/** A folder or archive as a tree of items whose names are harmless; reads only. */
interface Contents extends Closeable {

  /** What is directly in a folder; folders that an archive only implies too. In order. */
  List<Item> children(EntryPath folder) throws IOException;

  /** Everything below a folder, links not followed. */
  List<Item> below(EntryPath folder) throws IOException;

  /** Hands over the content of each of these files once, in whatever order the source has it. */
  void read(Collection<EntryPath> files, Reader reader) throws IOException;

  @Override
  void close() throws IOException;

  /** Takes a file's content; the stream ends with the call. */
  interface Reader {
    void accept(Item file, InputStream content) throws IOException;
  }
}
