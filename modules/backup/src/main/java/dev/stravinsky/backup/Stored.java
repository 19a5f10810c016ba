package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Sha256;
import java.time.Instant;

/**
 * An entry as it stands in an archive.
 *
 * @param state type, content and mode; of a hard link, those of the file it is a name of
 * @param header the member that has the header
 * @param member the member that has the content; the header's where there is none
 * @param at where in the unpacked member the content begins
 * @param hardLinkTo the archive path of the entry that has the content; empty if it is this one
 */
record Stored(
    Item.Place place,
    EntryState state,
    Instant modified,
    int header,
    int member,
    long at,
    String hardLinkTo) {

  char type() {
    if (!hardLinkTo.isEmpty()) {
      return TarHeader.HARD_LINK;
    }
    if (state instanceof EntryState.Link) {
      return TarHeader.LINK;
    }
    return state instanceof EntryState.Directory ? TarHeader.DIRECTORY : TarHeader.FILE;
  }

  /** Bytes of content that stand in the archive for this entry. */
  long contentBytes() {
    return hardLinkTo.isEmpty() && state instanceof EntryState.Regular file ? file.sizeBytes() : 0;
  }

  /** Whether the content is a member of its own. */
  boolean apart() {
    return hardLinkTo.isEmpty() && member != header;
  }

  Stored shifted(int members) {
    return new Stored(place, state, modified, header + members, member + members, at, hardLinkTo);
  }

  Stored withContent(Sha256 sha256) {
    EntryState.Regular file = (EntryState.Regular) state;
    EntryState known = new EntryState.Regular(sha256, file.sizeBytes(), file.mode());
    return new Stored(place, known, modified, header, member, at, hardLinkTo);
  }

  /** A hard link with the content of the entry that it is another name of. */
  Stored as(Stored first) {
    return new Stored(
        place, first.state(), modified, header, first.member(), first.at(), hardLinkTo);
  }
}
