package dev.stravinsky.files;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Space set aside in the home for the moment in which a full disk would stop what must not be
 * stopped half way: a swap, its undoing, the journal, the trail. One file of 4 MB, {@code reserve}.
 */
public final class Reserve {
  private static final int BYTES = 4 * 1024 * 1024;
  private static final int NOISE_BYTES = 512 * 1024;

  private final Path file;

  public Reserve(Home home) {
    this.file = home.reserve();
  }

  /** Made when it is written: most commands find the file there. */
  private static final class Noise {
    /**
     * A file system that compresses would make nothing of zeros, and set nothing aside. None looks
     * back farther than this, so the rest is the same again.
     */
    static final byte[] CONTENT = noise();

    private static byte[] noise() {
      ByteBuffer noise = ByteBuffer.allocate(NOISE_BYTES);
      SplittableRandom random = new SplittableRandom();
      while (noise.hasRemaining()) {
        noise.putLong(random.nextLong());
      }
      return noise.array();
    }
  }

  /**
   * Makes the file, durably, if it is not there and the disk has space for it.
   *
   * @param freeAfterwards how many bytes have to be free when it is made; at least as many as it
   *     has itself always are
   * @throws IOException with no file left behind
   */
  public void keep(long freeAfterwards) throws IOException {
    if (Presence.exists(file) && Files.size(file) == BYTES) {
      return;
    }
    Path home = file.getParent();
    if (Files.getFileStore(home).getUsableSpace() - BYTES < Math.max(freeAfterwards, BYTES)) {
      return;
    }
    Path temporary = file.resolveSibling(".reserve.tmp");
    FileWrites.deleteIfExists(temporary);
    try {
      try (FileChannel channel = FileWrites.create(temporary)) {
        for (int written = 0; written < BYTES; written += NOISE_BYTES) {
          FileWrites.writeFully(channel, ByteBuffer.wrap(Noise.CONTENT));
        }
        Durable.force(channel);
      }
      FileWrites.rename(temporary, file);
    } catch (IOException | RuntimeException e) {
      FileWrites.removeAfter(e, temporary);
      throw e;
    }
    Durable.forceDirectory(home);
  }

  /** Something that may need space, and may be done again after it failed. */
  @FunctionalInterface
  public interface Step<T> {
    T run() throws IOException;
  }

  /** The same without a result. */
  @FunctionalInterface
  public interface Action {
    void run() throws IOException;
  }

  /** Does the step; where the disk is full, once more after the reserve was released. */
  public <T> T spendOn(Step<T> step) throws IOException {
    try {
      return step.run();
    } catch (IOException e) {
      if (IoProblems.kind(e) != ErrorKind.DISK_FULL || !release(e)) {
        throw e;
      }
      try {
        return step.run();
      } catch (IOException again) {
        again.addSuppressed(e);
        throw again;
      }
    }
  }

  /** As {@link #spendOn(Step)}. */
  public void spend(Action action) throws IOException {
    spendOn(
        () -> {
          action.run();
          return true;
        });
  }

  /** Whether there was something to release. */
  private boolean release(IOException full) {
    try {
      boolean released = FileWrites.deleteIfExists(file);
      if (released) {
        // Some file systems give the space back only when the removal is on the disk.
        Durable.forceDirectory(file.getParent());
      }
      return released;
    } catch (IOException e) {
      full.addSuppressed(e);
      return false;
    }
  }
}
