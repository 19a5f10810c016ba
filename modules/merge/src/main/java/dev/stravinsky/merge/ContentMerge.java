package dev.stravinsky.merge;

import dev.stravinsky.api.EntryState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Brings two changed versions of one file together, where their changes do not meet. */
@FunctionalInterface
interface ContentMerge {
  /** Files are whole: of two changed versions one is live and the other set aside. */
  ContentMerge WHOLE_FILES = (base, live, incoming) -> Optional.empty();

  /**
   * The merged file, empty if a person has to decide.
   *
   * @param base the file as the installed release published it
   * @param live the user's
   * @param incoming the new release's
   */
  Optional<Merged> merge(Path base, Path live, Path incoming) throws IOException;

  /** A merged file, and where its content can be read. */
  record Merged(Path content, EntryState.Regular state) {}
}
