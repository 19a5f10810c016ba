package dev.stravinsky.testkit.crash;

import dev.stravinsky.testkit.fs.DiskChange;
import dev.stravinsky.testkit.fs.DiskChange.Written;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What becomes, in a power cut, of changes that were not forced. */
public sealed interface Loss {

  /** What of {@code pending} reaches the disk, in its order. */
  List<DiskChange> survivors(Unforced pending);

  /** Nothing of it. */
  record Everything() implements Loss {
    @Override
    public List<DiskChange> survivors(Unforced pending) {
      return List.of();
    }
  }

  /** All of it: the process was killed, the machine runs on. */
  record Nothing() implements Loss {
    @Override
    public List<DiskChange> survivors(Unforced pending) {
      return pending.changes();
    }
  }

  /** Names, modes and lengths, but no content: what was written reads as zeros. */
  record Data() implements Loss {
    @Override
    public List<DiskChange> survivors(Unforced pending) {
      return pending.changes().stream().map(Data::lengthOnly).toList();
    }

    private static DiskChange lengthOnly(DiskChange change) {
      return change instanceof Written w ? Unforced.lengthOnly(w) : change;
    }
  }

  /** All but this one change and those that cannot be without it. */
  record Dropped(int index) implements Loss {
    @Override
    public List<DiskChange> survivors(Unforced pending) {
      return pending.without(List.of(index));
    }
  }

  /** Only this one change, and those that it cannot be without. */
  record Kept(int index) implements Loss {
    @Override
    public List<DiskChange> survivors(Unforced pending) {
      return pending.only(index);
    }
  }

  /** All, but the last write broke off between two sectors of 512 bytes. */
  record TornWrite() implements Loss {
    private static final int SECTOR = 512;

    @Override
    public List<DiskChange> survivors(Unforced pending) {
      List<DiskChange> all = new ArrayList<>(pending.changes());
      for (int i = all.size() - 1; i >= 0; i--) {
        if (all.get(i) instanceof Written w) {
          int sectors = (w.bytes().length + SECTOR - 1) / SECTOR;
          byte[] head = Arrays.copyOf(w.bytes(), sectors / 2 * SECTOR);
          all.set(i, new Written(w.inode(), w.position(), head));
          return all;
        }
      }
      return all;
    }
  }

  /** Each change by the throw of a coin, but none that cannot be without one that is lost. */
  record Some(long seed) implements Loss {
    @Override
    public List<DiskChange> survivors(Unforced pending) {
      Random coin = new Random(seed * 31 + pending.changes().size());
      List<Integer> lost = new ArrayList<>();
      for (int i = 0; i < pending.changes().size(); i++) {
        if (coin.nextBoolean()) {
          lost.add(i);
        }
      }
      return pending.without(lost);
    }
  }
}
