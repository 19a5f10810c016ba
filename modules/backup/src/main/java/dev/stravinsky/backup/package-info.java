/**
 * Archives, manifest, verification and retention: every byte that was in a target can be had back
 * with {@code sha256sum} and {@code tar} alone.
 *
 * <h2>On disk</h2>
 *
 * <p>A backup is a folder {@code backups/<id>/}, or {@code backups/projects/<name>-<hash>/<id>/}
 * for a project's scope; complete or not there. While it is built its name is hidden ({@code
 * .building-...}, {@code .pending-<transaction>}); while it is deleted, too ({@code
 * .deleting-...}).
 *
 * <ul>
 *   <li>{@code <target>.tar.gz}: PAX tar in gzip. The user's files are below {@code
 *       <target>/global/}, the project's below {@code <target>/project/}; below {@code
 *       <target>/linked/<level>/} is the content of files outside of all targets that symbolic
 *       links lead to. Sorted by the bytes of the paths.
 *   <li>{@code settings.json} and whatever else the target providers make for people to read.
 *   <li>{@code manifest.json}: {@link dev.stravinsky.backup.ManifestWriter} says what is in it, in
 *       this order: the head (all that a listing needs), {@code members}, {@code entries}.
 *   <li>{@code RESTORE.txt}: the commands that put the files back.
 *   <li>{@code SHA256SUMS}: of all the files above. The checksum of the manifest stands in the
 *       audit trail as well.
 * </ul>
 *
 * <h2>Members</h2>
 *
 * <p>An archive is a series of gzip members that end where entries end. A <em>group</em> has
 * headers and contents of small files, about 64 KB; it ends after an entry that a hash of its path
 * says. A larger file's header is the last of its group, and its content with the padding is a
 * member of its own. The last member has the two zero blocks that end a tar archive: an archive cut
 * at a member's end looks whole to other programs, but not to this one. Each member has an
 * <em>identity</em>, a checksum of the headers' bytes and of the contents' checksums: a member of
 * the same identity is not packed again but copied, within a backup and from the one before. No
 * bytes depend on the time of writing: same tree, same settings, same archives.
 *
 * <h2>Other programs</h2>
 *
 * <p>GNU tar, bsdtar, busybox and Python's {@code tarfile} ({@code r:gz}) list and unpack every
 * archive alike; a test compares all four with the live files for each archive that any test makes.
 * What they cannot bring back: Python rounds times to those of a floating-point number and gives
 * links none; busybox (1.35) knows names and links of any length, but the times of files only as
 * ustar's field has them, in whole seconds and not before 1970, none of links and directories, and
 * no owners of links; bsdtar (3.6) takes the fraction of a second before 1970 to the wrong side.
 * GNU tar warns of {@code hdrcharset} where a name is not UTF-8, and unpacks it.
 */
package dev.stravinsky.backup;
