package dev.stravinsky.transaction;

import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.files.Reserve;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A journal's file: forced, sequenced, checksummed records in space that was written before, so
 * that a full disk cannot stop a record. The format is told in {@code package-info}.
 */
final class SwapJournal implements Closeable {
  private static final long FIRST_ROOM_BYTES = 64 * 1024;

  /** For every record that may follow the big one, twice over. */
  private static final long LATER_ROOM_BYTES = 64 * JournalFrame.SECTOR_BYTES;

  private Path file;
  private int records;
  private FileChannel channel;
  private long end;
  private long room;
  private boolean suspect;

  private SwapJournal(Path file, FileChannel channel, int records, long end) throws IOException {
    this.file = file;
    this.channel = channel;
    this.records = records;
    this.room = channel.size();
    this.end = end;
  }

  /** A new journal with its first record; after a failure there is none. */
  static SwapJournal create(Path file, byte[] first) throws IOException {
    Durable.createDirectories(file.getParent());
    FileChannel channel = FileWrites.create(file);
    try {
      SwapJournal journal = new SwapJournal(file, channel, 0, 0);
      journal.ensureRoom(Math.max(FIRST_ROOM_BYTES, JournalFrame.sizeOf(first.length)));
      journal.append(first);
      Durable.forceDirectory(file.getParent());
      return journal;
    } catch (IOException | RuntimeException e) {
      channel.close();
      FileWrites.deleteIfExists(file);
      throw e;
    }
  }

  /** An existing journal, to be continued behind its last good record. */
  static SwapJournal open(Path file) throws IOException {
    List<byte[]> records = read(file);
    return new SwapJournal(file, FileWrites.openInPlace(file), records.size(), endOf(records));
  }

  /**
   * The good records. A torn tail is normal: a crash came while it was written.
   *
   * @throws DamagedException if a good record follows a bad one
   */
  static List<byte[]> read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    List<byte[]> records = readable(bytes);
    if (JournalFrame.anyBehind(bytes, endOf(records), records.size())) {
      throw new DamagedException(
          Problem.of(
                  ErrorKind.PARTIAL_WRITE,
                  "record " + records.size() + " of the journal is damaged, and others follow it")
              .inFile(file)
              .leaving("nothing was changed; both sides of every file are on disk")
              .next("stravinsky recovery emergency"));
    }
    return records;
  }

  /** The good records at the beginning, whatever follows them. */
  static List<byte[]> readable(byte[] bytes) {
    List<byte[]> records = new ArrayList<>();
    long at = 0;
    Optional<byte[]> next = JournalFrame.decode(bytes, at, 0);
    while (next.isPresent()) {
      records.add(next.get());
      at += JournalFrame.sizeOf(next.get().length);
      next = JournalFrame.decode(bytes, at, records.size());
    }
    return records;
  }

  private static long endOf(List<byte[]> records) {
    return records.stream().mapToLong(r -> JournalFrame.sizeOf(r.length)).sum();
  }

  /**
   * Appends a record and forces it. After a failure the file is {@linkplain #isSuspect suspect}.
   */
  void append(byte[] payload) throws IOException {
    if (suspect) {
      throw new IOException(file + " failed before and cannot be trusted");
    }
    try {
      ensureRoom(end + JournalFrame.sizeOf(payload.length));
      FileWrites.writeFully(channel, JournalFrame.encode(records, payload), end);
      Durable.force(channel);
    } catch (IOException e) {
      suspect = true;
      throw e;
    }
    records++;
    end += JournalFrame.sizeOf(payload.length);
  }

  /**
   * The same; where the disk is full, once more into a new file after the reserve was released:
   * what became of the record in the old one nobody knows.
   */
  void append(byte[] payload, Reserve reserve) throws IOException {
    reserve.spend(
        () -> {
          if (suspect) {
            rewrite();
          }
          append(payload);
        });
  }

  /** Whether a write or force failed, so that nobody knows what a crash would leave in the file. */
  boolean isSuspect() {
    return suspect;
  }

  /**
   * Puts a new file with the records that were appended for certain in the place of a suspect one;
   * on failure the suspect one stays. They are read back from it, each by its checksum: all of them
   * in memory would be much for a large transaction.
   */
  void rewrite() throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
    FileWrites.deleteIfExists(fresh);
    FileChannel replacement = FileWrites.create(fresh);
    try (FileChannel old = FileChannel.open(file, StandardOpenOption.READ)) {
      FileWrites.writeZeros(replacement, 0, end + LATER_ROOM_BYTES);
      long at = 0;
      for (int i = 0; i < records; i++) {
        byte[] record = JournalFrame.read(old, at, i).orElseThrow(this::unreadable);
        FileWrites.writeFully(replacement, JournalFrame.encode(i, record), at);
        at += JournalFrame.sizeOf(record.length);
      }
      Durable.force(replacement);
      FileWrites.rename(fresh, file);
      Durable.forceDirectory(file.getParent());
    } catch (IOException | RuntimeException e) {
      replacement.close();
      throw e;
    }
    channel.close();
    channel = replacement;
    room = replacement.size();
    suspect = false;
  }

  private IOException unreadable() {
    return new IOException(file + " cannot be read back");
  }

  /**
   * Says by the file's name alone that no commit record in it counts, for when not even a new file
   * can be written: a rename needs no space.
   */
  void withdrawCommit() throws IOException {
    Path withdrawn = JournalFolder.withdrawn(file);
    FileWrites.rename(file, withdrawn);
    file = withdrawn;
    Durable.forceDirectory(file.getParent());
  }

  /** Closes and removes the journal: the transaction is over. */
  void remove() throws IOException {
    close();
    FileWrites.deleteIfExists(file);
    Durable.forceDirectory(file.getParent());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private void ensureRoom(long bytes) throws IOException {
    if (bytes > room) {
      long wanted = bytes + LATER_ROOM_BYTES;
      FileWrites.writeZeros(channel, room, wanted);
      room = wanted;
    }
  }
}
