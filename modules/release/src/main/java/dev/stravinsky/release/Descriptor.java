package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.release.Release.Deletion;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a {@code release.json} says.
 *
 * @param files what belongs to the release; empty if it leaves that to the folders
 */
record Descriptor(
    String name,
    Optional<Version> version,
    List<String> requiredCommands,
    Optional<List<Listed>> files,
    List<Listed> deletes) {

  /** The description of a release that has none. */
  static final Descriptor NONE =
      new Descriptor("", Optional.empty(), List.of(), Optional.empty(), List.of());

  /**
   * A path that it names.
   *
   * @param path from the release's top
   * @param contents the checksum of a file; of a file to delete, each content it may have
   * @param link where a link points, percent-encoded
   */
  record Listed(
      EntryPath path,
      List<Sha256> contents,
      OptionalLong sizeBytes,
      OptionalInt mode,
      Optional<String> link) {

    Deletion asDeletion(Placement place) {
      return new Deletion(place.target(), place.path(), contents);
    }
  }
}
