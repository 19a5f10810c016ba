package dev.stravinsky.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Origin;
import java.nio.file.Path;

/**
 * An entry that is to go into an archive.
 *
 * @param place where it belongs
 * @param location where it can be read now
 * @param stat as it was when the archive was planned
 * @param hardLinkTo the archive path of an earlier entry that is the same file; empty otherwise
 */
record Item(Place place, Path location, FileStat stat, Origin origin, String hardLinkTo) {

  /** The folder in an archive of files that lie outside of the targets and are led to by a link. */
  static final String LINKED = "linked";

  boolean isFile() {
    return stat.type() == FileStat.Type.FILE && hardLinkTo.isEmpty();
  }

  /**
   * Where an entry belongs.
   *
   * @param linked whether it is the file that the link at {@code path} leads to
   */
  record Place(String target, String level, EntryPath path, boolean linked) {
    /** Written out: what a record is given is linked at its first use, in 4 ms. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Place that
          && linked == that.linked
          && path.equals(that.path)
          && target.equals(that.target)
          && level.equals(that.level);
    }

    @Override
    public int hashCode() {
      return 31 * path.hashCode() + target.hashCode();
    }

    /** The path in the archive, percent-encoded. */
    String archivePath() {
      String folder = EntryPath.of(target).encoded() + "/";
      return folder + (linked ? LINKED + "/" : "") + level + "/" + path.encoded();
    }
  }
}
