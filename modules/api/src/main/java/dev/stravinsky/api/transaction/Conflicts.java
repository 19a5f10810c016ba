package dev.stravinsky.api.transaction;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files set aside for a person to look at: {@code recovery/conflicts/}, each with a note of what it
 * is about, until it is resolved.
 */
public interface Conflicts {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Conflicts> {}

  /**
   * Sets a copy of {@code content} aside, durably; the same file of the same version is replaced.
   */
  Conflict setAside(Version version, Target target, EntryPath path, Path content)
      throws IOException;

  /**
   * Like {@link #setAside}, but a file of other content that waits there stays: this one is put
   * beside it. The same content is there once.
   */
  Conflict setAsideBeside(Version version, Target target, EntryPath path, Path content)
      throws IOException;

  /**
   * Like {@link #setAside}, but where the file is on the file system of the conflicts it is set
   * aside itself, under a second name: what a program that has it open still writes arrives there.
   * The caller removes the first name. Elsewhere a copy.
   */
  default Conflict adopt(Version version, Target target, EntryPath path, Path file)
      throws IOException {
    return setAside(version, target, path, file);
  }

  /** The file that waits there, if one does; that another one's note is damaged does not matter. */
  default Optional<Conflict> find(Version version, Target target, EntryPath path)
      throws IOException {
    return list().stream()
        .filter(each -> each.version().equals(version) && each.path().equals(path))
        .filter(each -> each.scope().equals(target.scope()) && each.target().equals(target.name()))
        .findFirst();
  }

  /** All that wait, oldest first. */
  List<Conflict> list() throws IOException;

  /** Forgets a conflict and removes the copy; the live file is not touched. */
  void resolve(Conflict conflict) throws IOException;

  /**
   * A file that waits.
   *
   * @param live the file that the user has
   * @param theirs the release's file that was set aside
   */
  record Conflict(
      Scope scope, Version version, String target, EntryPath path, Path live, Path theirs) {}
}
