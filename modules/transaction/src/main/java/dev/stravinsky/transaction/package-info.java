/**
 * The write-ahead journal, the swap and crash recovery: many files changed as if they were one.
 *
 * <h2>States</h2>
 *
 * <pre>
 *   STAGING -> PREPARED -> SWAPPING -> SWAPPED -> COMMITTED -> CLEAN
 *       `---------`-----------`-----------`-> UNDONE -> CLEAN
 * </pre>
 *
 * <ul>
 *   <li><b>STAGING</b>: the journal names the folders that are going to be made. Nothing live is
 *       touched; recovery removes them.
 *   <li><b>PREPARED</b>: what will be replaced was compared with what was seen when the change was
 *       planned, everything staged is on the disk, and the journal holds every entry: both sides,
 *       their places, digests, modes and inodes.
 *   <li><b>SWAPPING</b>: entries are exchanged one by one. Exchange is its own inverse, so recovery
 *       asks the files and not the journal which side is live ({@code Step.side}).
 *   <li><b>SWAPPED</b>: the directories are forced.
 *   <li><b>COMMITTED</b>: the one commit point. Before it recovery undoes, after it recovery
 *       finishes: deletions, the completion, the folders.
 *   <li><b>UNDONE</b>: everything is back; the folders and the completion remain, in this order:
 *       what was staged gives space to what has to be told.
 *   <li><b>CLEAN</b>: only the journal is left to be removed. It is not forced.
 * </ul>
 *
 * <h2>Three ways of swapping</h2>
 *
 * <ul>
 *   <li><b>Exchange</b>, where the file system has it: no reader ever misses a file.
 *   <li><b>Rename</b>: the live entry is moved aside and looked at, then the new one takes its
 *       place without replacing (a rename, or a second name where that cannot be refused).
 *   <li><b>In place</b> (operation {@code OVERWRITE}), for single files that are mounts, whose
 *       place nothing can take. The old content is copied to {@code old/} and forced before
 *       PREPARED. What grows the file is written first, then the rest, then it is cut, then forced.
 *       Before the commit, content that is in every sector of 512 bytes the beginning of one side
 *       and the rest of the other (zeros where it had grown) is a torn write of ours, and the old
 *       content is written back; any other content is somebody else's and stays, and the old is set
 *       aside. Recovery waits until the mount is there. Readers may see half a file, and what a
 *       program writes between the last look and our write is lost. What a shorter new content gave
 *       back to the disk the undoing needs again.
 * </ul>
 *
 * <h2>On disk</h2>
 *
 * {@code recovery/journal/<tx>.journal} is a series of records, each at a multiple of 512 bytes:
 *
 * <pre>
 *   4 bytes   53 54 52 4a ("STRJ")
 *   4 bytes   sequence number, from 0, big-endian
 *   4 bytes   length of the payload, big-endian
 *   32 bytes  SHA-256 of sequence number, length and payload
 *   n bytes   payload: a JSON object in UTF-8
 *   zeros     up to the next multiple of 512
 * </pre>
 *
 * Each record is forced before the next is written, into space that was filled with zeros before.
 * So a bad record with nothing behind it is the torn end of a crash, and a bad record with a good
 * one behind it is damage. The payloads: {@code state}; in the first one also {@code format} (1),
 * {@code id}, {@code kind}, {@code scope}, {@code started}, {@code attributes}, {@code targets} and
 * {@code bases}, the directories that hold a folder; in PREPARED also {@code steps}, of which more
 * than 1,000 begin in further records of STAGING before it. Paths are percent-encoded {@code file:}
 * URIs. After a commit record that could not be forced, the journal is written anew without it;
 * where that fails too it is renamed to {@code <tx>.undo.journal}, in which no commit record
 * counts.
 *
 * <p>{@code .stravinsky-<tx>/} beside a target, on its file system, holds {@code
 * new/<target>/<path>} (what is staged; after an exchange the old side), {@code
 * old/<target>/<path>} (what was deleted, and the old side where nothing can be exchanged, a copy
 * of it where it is written in place) and {@code directories/<n>}. It is renamed to {@code
 * .stravinsky-trash-<tx>} before it is removed, and to {@code .stravinsky-kept-<tx>} when the
 * transaction is abandoned.
 *
 * <p>{@code recovery/conflicts/<version>/<target>/<path>} holds files that wait for a person, and
 * beside each {@code .<mark>.conflict.json}, its note: {@code format} (1), {@code since}, {@code
 * version}, {@code target}, {@code scope}, {@code path}, {@code live}, {@code theirs}. {@code
 * <mark>} is the beginning of the SHA-256 of the file's name; a project's targets have one of the
 * scope behind their name.
 *
 * <p>{@code reserve} is 4 MB of noise, made by the first command that changes something where there
 * is space for it. When the disk is full in a swap, an undoing, the journal or the trail it is
 * deleted, and the step tried once more; a record of the journal then goes into a new file. Still
 * refused, an undoing ends with exit status 8, and nothing is deleted.
 *
 * <p>Folders in {@code recovery/staging} are locked ({@code flock}) by the command that uses them;
 * the next one that changes something removes the others.
 *
 * <p>{@code lock} is only ever locked. {@code lock.owner} tells who did: {@code format} (1), {@code
 * pid}, {@code boot_id}, {@code since}, {@code command}.
 */
package dev.stravinsky.transaction;
