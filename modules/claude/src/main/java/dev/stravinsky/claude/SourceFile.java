package dev.stravinsky.claude;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A file of a target whose content a check reads, maybe in staging; spoken of by its live path. */
public record SourceFile(TargetView view, TargetView.Node node) {

  /** The entries of the named targets, in the order of targets and paths. */
  public static List<SourceFile> in(CheckContext context, Set<String> targets) {
    List<SourceFile> files = new ArrayList<>();
    for (TargetView view : context.targets()) {
      if (targets.contains(view.target().name())) {
        view.nodes().forEach(node -> files.add(new SourceFile(view, node)));
      }
    }
    return files;
  }

  /** The entry at a live path; empty if no target is going to have one there. */
  public static Optional<SourceFile> at(CheckContext context, Path live) {
    for (TargetView view : context.targets()) {
      if (live.startsWith(view.target().root())) {
        Optional<TargetView.Node> node =
            view.node(EntryPath.relativize(view.target().root(), live));
        if (node.isPresent()) {
          return Optional.of(new SourceFile(view, node.get()));
        }
      }
    }
    return Optional.empty();
  }

  /** The path that people know. */
  public Path live() {
    return node.path().resolveIn(view.target().root());
  }

  /** The path in its target. */
  public EntryPath path() {
    return node.path();
  }

  /** The file's name, {@code /} excluded; percent-encoded if it is no text. */
  public String name() {
    String name = node.path().name();
    return new EntryPath(name).text().orElse(name);
  }

  /** What follows the last dot of the name, in lower case; empty if there is none. */
  public String extension() {
    String name = name();
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  /** Whether one of the folders it is in, below the target's root, has one of these names. */
  public boolean isBelow(Set<String> folders) {
    EntryPath parent = node.path().parent();
    while (!parent.equals(EntryPath.ROOT)) {
      if (folders.contains(parent.name())) {
        return true;
      }
      parent = parent.parent();
    }
    return false;
  }

  /** Whether there is content: it is a file, or a link that leads to one. */
  public boolean isFile() throws IOException {
    return Presence.isRegularFile(node.content());
  }

  /**
   * The content; empty if it is no file, has gone meanwhile, or is larger than {@code maxBytes}.
   */
  public Optional<byte[]> read(int maxBytes) throws IOException {
    if (!isFile()) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(node.content())) {
      byte[] content = in.readNBytes(maxBytes + 1);
      return content.length > maxBytes ? Optional.empty() : Optional.of(content);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
