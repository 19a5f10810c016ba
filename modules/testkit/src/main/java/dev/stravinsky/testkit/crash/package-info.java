/**
 * What a power cut leaves. A {@link dev.stravinsky.testkit.crash.CrashRecording} writes down what a
 * program does to a {@link dev.stravinsky.testkit.fs.FaultFileSystem}; each {@link
 * dev.stravinsky.testkit.crash.CrashPoint} of it knows what was forced by then and what was not,
 * and each {@link dev.stravinsky.testkit.crash.Loss} makes of that a {@link
 * dev.stravinsky.testkit.crash.DiskImage}, which can be opened as a file system again.
 *
 * <p>A force of a file keeps its content and attributes but not its name; a force of a directory
 * keeps its entries. A rename, also between directories, and an exchange are one step, as in the
 * journals of ext4, xfs and btrfs. What is done to one name, or to the attributes of one inode,
 * reaches the disk in its order; all else in any.
 */
package dev.stravinsky.testkit.crash;
