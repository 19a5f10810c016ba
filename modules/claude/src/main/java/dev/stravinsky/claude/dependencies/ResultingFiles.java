package dev.stravinsky.claude.dependencies;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.claude.RealPlace;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.CheckContext.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Files as they will be: in targets by the context's views, elsewhere as they are on disk. */
final class ResultingFiles {
  private static final int MAX_LINKS = 10;
  private static final int ANY_EXECUTE = 0111;

  private final CheckContext context;

  ResultingFiles(CheckContext context) {
    this.context = context;
  }

  /** What a path is going to be. */
  enum Kind {
    MISSING,
    FOLDER,
    /** A file without any execute bit. */
    FILE,
    EXECUTABLE
  }

  Kind kind(Path path) throws IOException {
    return kind(path, MAX_LINKS);
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
    if (Files.isSymbolicLink(location) && node.get().linkEnd().isEmpty()) {
      Path end = entry.resolveSibling(Files.readSymbolicLink(location));
      return linksLeft == 0 ? Kind.MISSING : kind(end, linksLeft - 1);
    }
    if (Files.isDirectory(location)) {
      return Kind.FOLDER;
    }
    return mode(view.get().target(), node.get());
  }

  /** The mode that a file is going to have: what is still to be installed may lie elsewhere. */
  private Kind mode(Target target, TargetView.Node node) throws IOException {
    EntryState expected = context.expected().get(new Place(target, node.path()));
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

  private static Kind onDisk(Path path) {
    if (Files.isDirectory(path)) {
      return Kind.FOLDER;
    }
    if (!Files.exists(path)) {
      return Kind.MISSING;
    }
    return Files.isExecutable(path) ? Kind.EXECUTABLE : Kind.FILE;
  }
}
