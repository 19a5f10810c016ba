package dev.stravinsky.testkit.fs;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * How bytes go bad: on the disk with {@link FaultFileSystem#damage}, or on their way from it with
 * {@link FaultPlan#misreadWhere}. Places are counted from the start of the file.
 */
public sealed interface Damage {

  /**
   * One bit is the other way round.
   *
   * @param offset of the byte
   * @param bit from 0, the lowest, to 7
   */
  record FlippedBit(long offset, int bit) implements Damage {
    public FlippedBit {
      if (offset < 0 || bit < 0 || bit > 7) {
        throw new IllegalArgumentException("no bit " + bit + " at " + offset);
      }
    }

    @Override
    public int spoil(ByteBuffer bytes, int start, int count, long position) {
      if (offset >= position && offset < position + count) {
        int index = start + (int) (offset - position);
        bytes.put(index, (byte) (bytes.get(index) ^ 1 << bit));
      }
      return count;
    }
  }

  /** A block is read as zeros, as one that was never written. */
  record ZeroedBlock(long offset, long length) implements Damage {
    public ZeroedBlock {
      if (offset < 0 || length < 1) {
        throw new IllegalArgumentException("no block of " + length + " at " + offset);
      }
    }

    @Override
    public int spoil(ByteBuffer bytes, int start, int count, long position) {
      long from = Math.max(offset, position);
      long to = Math.min(offset + length, position + count);
      for (long at = from; at < to; at++) {
        bytes.put(start + (int) (at - position), (byte) 0);
      }
      return count;
    }
  }

  /** The file ends here, whatever its size is said to be. */
  record CutAt(long length) implements Damage {
    public CutAt {
      if (length < 0) {
        throw new IllegalArgumentException("no file has " + length + " bytes");
      }
    }

    @Override
    public int spoil(ByteBuffer bytes, int start, int count, long position) {
      return position >= length ? -1 : (int) Math.min(count, length - position);
    }
  }

  /**
   * Spoils bytes that were read.
   *
   * @param bytes where they are, from {@code start}
   * @param count how many, at least 1
   * @param position of the first one in the file
   * @return how many there are now; -1 if the file has ended before
   */
  int spoil(ByteBuffer bytes, int start, int count, long position);

  /** The same, until it has spoilt something for the first time; what is read again is good. */
  default Damage once() {
    return new Once(this, new AtomicBoolean());
  }

  /** See {@link Damage#once()}. */
  record Once(Damage damage, AtomicBoolean over) implements Damage {
    @Override
    public int spoil(ByteBuffer bytes, int start, int count, long position) {
      if (over.get()) {
        return count;
      }
      ByteBuffer good = ByteBuffer.allocate(count).put(0, bytes, start, count);
      int left = damage.spoil(bytes, start, count, position);
      // An early end is told when it is reached, not by the bytes before it.
      boolean told = left < 0 || left == count && good.mismatch(bytes.slice(start, count)) >= 0;
      if (told && !over.compareAndSet(false, true)) {
        bytes.put(start, good, 0, count); // Another thread was faster.
        return count;
      }
      return left;
    }
  }

  /** What becomes of a whole file. */
  default byte[] appliedTo(byte[] content) {
    byte[] spoilt = content.clone();
    int left = spoilt.length == 0 ? 0 : spoil(ByteBuffer.wrap(spoilt), 0, spoilt.length, 0);
    return Arrays.copyOf(spoilt, Math.max(left, 0));
  }
}
