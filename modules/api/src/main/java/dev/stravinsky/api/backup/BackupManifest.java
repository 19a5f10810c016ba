package dev.stravinsky.api.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.TrailHead;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a backup says of itself before its entries: all that a listing needs. Written as {@code
 * manifest.json}.
 *
 * @param roots where each target's files came from and go back to
 * @param archives the files that SHA256SUMS names beside the manifest
 * @param trailHead the trail's head when the backup was made
 */
public record BackupManifest(
    BackupId id,
    Version version,
    Instant timestamp,
    String system,
    String javaVersion,
    BackupReason reason,
    Scope scope,
    List<Root> roots,
    List<Archive> archives,
    Optional<Version> previousVersion,
    boolean userModifications,
    TrailHead trailHead) {

  public BackupManifest {
    roots = List.copyOf(roots);
    archives = List.copyOf(archives);
  }

  /** Entries in all archives. */
  public long filesCount() {
    return archives.stream().mapToLong(Archive::filesCount).sum();
  }

  /** Bytes of all archives. */
  public long sizeBytes() {
    return archives.stream().mapToLong(Archive::sizeBytes).sum();
  }

  /**
   * Where a target's files were.
   *
   * @param target the target's name
   * @param path absolute
   * @param files the target's single files; empty for a whole tree
   */
  public record Root(String target, Scope scope, Path path, List<String> files) {
    public Root {
      files = List.copyOf(files);
    }

    // Those of a record are linked at their first use, which takes longer than all comparing.
    @Override
    public boolean equals(Object other) {
      return other instanceof Root root
          && target.equals(root.target)
          && scope.equals(root.scope)
          && path.equals(root.path)
          && files.equals(root.files);
    }

    @Override
    public int hashCode() {
      return 31 * target.hashCode() + path.hashCode();
    }
  }

  /** One archive of the backup. */
  public record Archive(String path, long sizeBytes, Sha256 sha256, long filesCount) {}
}
