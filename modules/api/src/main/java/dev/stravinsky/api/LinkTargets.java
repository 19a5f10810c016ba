package dev.stravinsky.api;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Link targets as text that keeps their bytes: {@link EntryState.Link#target}. */
public final class LinkTargets {
  private LinkTargets() {}

  /** What the link says, percent-encoded, {@code /} between names. */
  public static String encode(Path target) {
    List<String> names = new ArrayList<>();
    for (Path name : target) {
      String text = name.toString();
      names.add(isStep(text) ? text : encodeName(name));
    }
    return (target.isAbsolute() ? "/" : "") + String.join("/", names);
  }

  /** The target as a path of the same file system as {@code link}. */
  public static Path decode(String encoded, Path link) {
    Path path = encoded.startsWith("/") ? link.getRoot() : link.getFileSystem().getPath("");
    for (String name : encoded.split("/")) {
      if (!name.isEmpty()) {
        // By way of the root, since only absolute paths have URIs, which keep every byte.
        path =
            isStep(name)
                ? path.resolve(name)
                : path.resolve(new EntryPath(name).resolveIn(link.getRoot()).getFileName());
      }
    }
    return path;
  }

  private static boolean isStep(String name) {
    return name.isEmpty() || name.equals(".") || name.equals("..");
  }

  private static String encodeName(Path name) {
    Path absolute = name.toAbsolutePath();
    return EntryPath.relativize(absolute.getParent(), absolute).encoded();
  }
}
