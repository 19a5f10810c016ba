package dev.stravinsky.update;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Target;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What targets hang from and no backup has: the directories that are their roots, and the links
 * that lead to those. An installer can remove them as well as any file.
 *
 * @param directories the roots that are there, each with its mode
 * @param links beside a target's files, the links that lead to another's root: where each points
 */
record Surroundings(Map<Path, Integer> directories, Map<Path, EntryState.Link> links) {
  private static final String DIRECTORY = "directory:";
  private static final String LINK = "link:";
  private static final int OCTAL = 8;

  Surroundings {
    directories = new TreeMap<>(directories);
    links = new TreeMap<>(links);
  }

  static Surroundings of(List<Target> targets) throws IOException {
    Map<Path, Integer> directories = new TreeMap<>();
    Map<Path, EntryState.Link> links = new TreeMap<>();
    List<Path> roots = targets.stream().map(Target::root).toList();
    for (Target target : targets) {
      if (!Presence.isDirectory(target.root(), LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      directories.put(target.root(), FileModes.of(target.root()));
      if (!target.isTree()) {
        addLinks(target.root(), roots, links);
      }
    }
    return new Surroundings(directories, links);
  }

  private static void addLinks(Path folder, List<Path> roots, Map<Path, EntryState.Link> links)
      throws IOException {
    try (DirectoryStream<Path> below = Files.newDirectoryStream(folder)) {
      for (Path each : below) {
        if (Presence.isSymbolicLink(each)
            && leadsToOne(each, roots)
            && EntryStates.of(each) instanceof EntryState.Link link) {
          links.put(each, link);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean leadsToOne(Path link, List<Path> roots) throws IOException {
    try {
      return Presence.isDirectory(link) && roots.contains(link.toRealPath());
    } catch (AccessDeniedException e) {
      return false; // It leads to where the roots are not, for those could be looked at.
    }
  }

  /** As attributes of a transaction, to be found after a crash. */
  Map<String, String> attributes() {
    Map<String, String> attributes = new TreeMap<>();
    directories.forEach(
        (path, mode) -> attributes.put(DIRECTORY + encoded(path), Integer.toOctalString(mode)));
    links.forEach((path, link) -> attributes.put(LINK + encoded(path), link.target()));
    return attributes;
  }

  /** What {@link #attributes} said, of paths on the file system of {@code any}. */
  static Surroundings from(Map<String, String> attributes, Path any) {
    Path top = any.toAbsolutePath().getRoot();
    Map<Path, Integer> directories = new TreeMap<>();
    Map<Path, EntryState.Link> links = new TreeMap<>();
    attributes.forEach(
        (name, value) -> {
          if (name.startsWith(DIRECTORY)) {
            directories.put(
                decoded(name.substring(DIRECTORY.length()), top), Integer.parseInt(value, OCTAL));
          } else if (name.startsWith(LINK)) {
            links.put(decoded(name.substring(LINK.length()), top), new EntryState.Link(value));
          }
        });
    return new Surroundings(directories, links);
  }

  private static String encoded(Path path) {
    return EntryPath.relativize(path.getRoot(), path).encoded();
  }

  private static Path decoded(String encoded, Path top) {
    return new EntryPath(encoded).resolveIn(top);
  }
}
