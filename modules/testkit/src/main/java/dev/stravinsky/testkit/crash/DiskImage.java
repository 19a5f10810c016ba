package dev.stravinsky.testkit.crash;

import dev.stravinsky.testkit.fs.DiskChange;
import dev.stravinsky.testkit.fs.DiskChange.Attributed;
import dev.stravinsky.testkit.fs.DiskChange.Born;
import dev.stravinsky.testkit.fs.DiskChange.Entry;
import dev.stravinsky.testkit.fs.DiskChange.Named;
import dev.stravinsky.testkit.fs.DiskChange.Resized;
import dev.stravinsky.testkit.fs.DiskChange.Written;
import dev.stravinsky.testkit.fs.FaultFileSystem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** What is on a disk. Never changed: each change makes another image. */
public final class DiskImage {
  private final long top;
  private final Map<Long, Inode> inodes;

  private DiskImage(long top, Map<Long, Inode> inodes) {
    this.top = top;
    this.inodes = inodes;
  }

  /** The image that these changes make out of nothing; the first one is the top's birth. */
  static DiskImage made(List<DiskChange> changes) {
    if (!(changes.getFirst() instanceof Born first)) {
      throw new IllegalArgumentException("the top directory must come first");
    }
    return new DiskImage(first.inode(), Map.of()).with(changes);
  }

  /** This image after more changes, all of which reached the disk. */
  DiskImage with(List<DiskChange> changes) {
    Map<Long, Inode> next = new HashMap<>(inodes);
    changes.forEach(change -> apply(change, next));
    return new DiskImage(top, next);
  }

  private static void apply(DiskChange change, Map<Long, Inode> inodes) {
    switch (change) {
      case Born b ->
          inodes.putIfAbsent(b.inode(), Inode.empty(b.kind(), b.linkTarget(), b.attributes()));
      case Named names -> {
        for (Entry e : names.entries()) {
          inodes.computeIfPresent(e.directory(), (k, old) -> old.named(e.name(), e.inode()));
        }
      }
      case Written w ->
          inodes.computeIfPresent(w.inode(), (k, old) -> old.written(w.position(), w.bytes()));
      case Resized r -> inodes.computeIfPresent(r.inode(), (k, old) -> old.resized(r.size()));
      case Attributed a -> inodes.computeIfPresent(a.inode(), (k, old) -> old.with(a.attributes()));
      case DiskChange.Forced forced -> {}
      case DiskChange.AllForced forced -> {}
      case DiskChange.ForceFailed failed -> {}
      case DiskChange.AllForceFailed failed -> {}
    }
  }

  /**
   * A file system with these files. Its inodes have the numbers that they had, as after a reboot.
   */
  public FaultFileSystem open() throws IOException {
    return new ImageWriter(inodes).write(top);
  }

  /**
   * A digest of every name, kind, mode, link and content that can be reached; times are left out.
   */
  public String digest() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      describe(top, "/", digest, new HashMap<>());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void describe(long number, String name, MessageDigest digest, Map<Long, Integer> seen) {
    Inode inode = inodes.get(number);
    Integer again = seen.putIfAbsent(number, seen.size());
    digest.update(name.getBytes(StandardCharsets.UTF_16BE));
    if (again != null) {
      digest.update(("\0again " + again + '\0').getBytes(StandardCharsets.UTF_8));
      return;
    }
    digest.update(("\0" + inode.entries().size() + '\0').getBytes(StandardCharsets.UTF_8));
    digest.update(inode.ownDigest());
    inode.entries().forEach((child, at) -> describe(at, child, digest, seen));
  }
}
