package dev.stravinsky.release;

/**
 * What a release may cost before it is a bomb.
 *
 * @param totalBytes bytes unpacked, and bytes downloaded
 * @param ratio unpacked bytes for each packed one, once more than {@code ratioFromBytes} came out
 * @param entries entries of a folder or archive, with the folders that they imply
 * @param namesBytes bytes of all their names and link targets together
 * @param nameBytes bytes of one entry's name or link target
 * @param descriptorBytes bytes of {@code release.json}
 */
record Limits(
    long totalBytes,
    int ratio,
    long ratioFromBytes,
    int entries,
    long namesBytes,
    int nameBytes,
    int descriptorBytes) {
  private static final long MIB = 1024 * 1024;

  /** Those of docs/releases.md. */
  static final Limits STANDARD =
      new Limits(4096 * MIB, 200, 64 * MIB, 200_000, 64 * MIB, 4096, (int) (64 * MIB));
}
