package dev.stravinsky.claude;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files as they will be: in targets by the context's views, elsewhere as they are on disk. */
public final class ResultingFiles {
  private static final int MAX_LINKS = 10;
  private static final int ANY_EXECUTE = 0111;

  private final CheckContext context;
  private final Map<TargetView, Map<EntryPath, Set<String>>> children = new IdentityHashMap<>();

  public ResultingFiles(CheckContext context) {
    this.context = context;
  }

  /** What a path is going to be. */
  public enum Kind {
    MISSING,
    FOLDER,
    /** A file without any execute bit. */
    FILE,
    EXECUTABLE
  }

  /** What is going to be at a path; links are followed. */
  public Kind kind(Path path) throws IOException {
    try {
      return kind(path, MAX_LINKS);
    } catch (AccessDeniedException e) {
      // What runs as this user does not get there either.
      return Kind.MISSING;
    }
  }

  /** The names that are going to be in a folder; none if it is not there. */
  public Set<String> names(Path folder) throws IOException {
    try {
      return reachableNames(folder);
    } catch (AccessDeniedException e) {
      // What runs there as this user would not see more.
      return Set.of();
    }
  }

  private Set<String> reachableNames(Path folder) throws IOException {
    Path real = RealPlace.of(folder);
    Optional<TargetView> view = treeAround(real);
    if (view.isPresent()) {
      EntryPath inTarget = EntryPath.relativize(view.get().target().root(), real);
      return children
          .computeIfAbsent(view.get(), ResultingFiles::children)
          .getOrDefault(inTarget, Set.of());
    }
    if (!Presence.isDirectory(real)) {
      return Set.of();
    }
    try (Stream<Path> entries = Files.list(real)) {
      return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
    }
  }

  /** By folder, what is in it: also a folder that only its files tell of, being new. */
  private static Map<EntryPath, Set<String>> children(TargetView view) {
    Map<EntryPath, Set<String>> children = new HashMap<>();
    for (TargetView.Node node : view.nodes()) {
      EntryPath entry = node.path();
      while (!entry.equals(EntryPath.ROOT)) {
        children.computeIfAbsent(entry.parent(), p -> new HashSet<>()).add(text(entry.name()));
        entry = entry.parent();
      }
    }
    return children;
  }

  private static String text(String name) {
    return new EntryPath(name).text().orElse(name);
  }

  /** Where the content of a file can be read now; empty if no file is going to be there. */
  public Optional<Path> content(Path path) throws IOException {
    Kind kind = kind(path);
    if (kind == Kind.MISSING || kind == Kind.FOLDER) {
      return Optional.empty();
    }
    Path entry = RealPlace.ofEntry(path);
    Optional<TargetView.Node> node =
        context.targets().stream()
            .filter(v -> covers(v.target(), entry))
            .findFirst()
            .flatMap(v -> v.node(EntryPath.relativize(v.target().root(), entry)));
    return Optional.of(node.map(TargetView.Node::content).orElse(entry));
  }

  private Optional<TargetView> treeAround(Path place) {
    return context.targets().stream()
        .filter(v -> v.target().isTree() && place.startsWith(v.target().root()))
        .findFirst();
  }

  private Kind kind(Path path, int linksLeft) throws IOException {
    Path entry = RealPlace.ofEntry(path);
    Optional<TargetView> view =
        context.targets().stream().filter(v -> covers(v.target(), entry)).findFirst();
    if (view.isEmpty()) {
      return onDisk(entry);
    }
    EntryPath inTarget = EntryPath.relativize(view.get().target().root(), entry);
    Optional<TargetView.Node> node = view.get().node(inTarget);
    if (node.isEmpty()) {
      return inTarget.equals(EntryPath.ROOT) ? Kind.FOLDER : Kind.MISSING;
    }
    Path location = node.get().location();
    if (Presence.isSymbolicLink(location) && node.get().linkEnd().isEmpty()) {
      Path end = entry.resolveSibling(Files.readSymbolicLink(location));
      return linksLeft == 0 ? Kind.MISSING : kind(end, linksLeft - 1);
    }
    if (Presence.isDirectory(location)) {
      return Kind.FOLDER;
    }
    return mode(view.get().target(), node.get());
  }

  /** The mode that a file is going to have: what is still to be installed may lie elsewhere. */
  private Kind mode(Target target, TargetView.Node node) throws IOException {
    EntryState expected = context.expected().get(new TargetPath(target, node.path()));
    int mode =
        expected instanceof EntryState.Regular regular
            ? regular.mode()
            : FileModes.of(node.content());
    return (mode & ANY_EXECUTE) != 0 ? Kind.EXECUTABLE : Kind.FILE;
  }

  private static boolean covers(Target target, Path entry) {
    return entry.startsWith(target.root())
        && target.covers(EntryPath.relativize(target.root(), entry));
  }

  private static Kind onDisk(Path path) throws IOException {
    if (Presence.isDirectory(path)) {
      return Kind.FOLDER;
    }
    if (!Presence.isRegularFile(path)) {
      return Kind.MISSING; // Also a pipe or device: reading one may wait for ever.
    }
    return Files.isExecutable(path) ? Kind.EXECUTABLE : Kind.FILE;
  }
}
