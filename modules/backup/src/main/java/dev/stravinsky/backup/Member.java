package dev.stravinsky.backup;

import dev.stravinsky.api.Sha256;

/**
 * One gzip member of an archive.
 *
 * @param offset where it begins in the archive
 * @param storedBytes its length there
 * @param rawBytes its unpacked length
 * @param stored checksum of the stored bytes
 * @param identity checksum of what was packed: the headers' bytes and the contents' checksums, in
 *     their order. Members of the same identity and packer have the same bytes.
 */
record Member(long offset, long storedBytes, long rawBytes, Sha256 stored, Sha256 identity) {
  Member {
    if (offset < 0 || storedBytes <= 0 || rawBytes <= 0 || offset + storedBytes < 0) {
      throw new IllegalArgumentException("a member of impossible size");
    }
  }

  long end() {
    return offset + storedBytes;
  }

  Member at(long otherOffset) {
    return new Member(otherOffset, storedBytes, rawBytes, stored, identity);
  }
}
