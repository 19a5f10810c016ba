package dev.stravinsky.backup;

import java.time.Instant;

/**
 * What a tar archive says of an entry before its content.
 *
 * @param name the bytes of its path in the archive, without a slash at the end, percent-encoded as
 *     in {@link dev.stravinsky.api.EntryPath#encoded()}
 * @param type {@code 0} a file, {@code 1} a hard link, {@code 2} a symbolic link, {@code 5} a
 *     directory
 * @param size of the content that follows, 0 where none does
 * @param linkTarget where a link leads, its bytes percent-encoded; empty otherwise
 */
record TarHeader(
    String name, char type, int mode, long size, Instant modified, String linkTarget, Owner owner) {
  static final char FILE = '0';
  static final char HARD_LINK = '1';
  static final char LINK = '2';
  static final char DIRECTORY = '5';

  /** The size of tar's blocks, to which header and content are padded. */
  static final int BLOCK = 512;

  /** The zero blocks that end an archive. */
  static final int END_BYTES = 2 * BLOCK;

  /** The content's length in the archive. */
  static long padded(long size) {
    return Math.ceilDiv(size, BLOCK) * (long) BLOCK;
  }

  /**
   * Whose file it is.
   *
   * @param user the name, empty if unknown
   * @param group the name, empty if unknown
   */
  record Owner(long uid, long gid, String user, String group) {
    static final Owner NOBODY = new Owner(0, 0, "", "");
  }
}
