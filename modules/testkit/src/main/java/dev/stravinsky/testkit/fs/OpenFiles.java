package dev.stravinsky.testkit.fs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** What a process has open: files and listings of directories. */
final class OpenFiles {
  private final Map<Object, Path> open = new IdentityHashMap<>();

  synchronized void opened(Object handle, Path path) {
    open.put(handle, path);
  }

  synchronized void closed(Object handle) {
    open.remove(handle);
  }

  /** A path stands there as often as it is open. */
  synchronized List<Path> paths() {
    List<Path> paths = new ArrayList<>(open.values());
    paths.sort(null);
    return paths;
  }

  /** The process is no more. */
  synchronized void forget() {
    open.clear();
  }
}
