package dev.stravinsky.testkit.crash;

import dev.stravinsky.testkit.fs.DiskChange;
import dev.stravinsky.testkit.fs.DiskChange.Attributed;
import dev.stravinsky.testkit.fs.DiskChange.Entry;
import dev.stravinsky.testkit.fs.DiskChange.Named;
import dev.stravinsky.testkit.fs.DiskChange.Resized;
import dev.stravinsky.testkit.fs.DiskChange.Written;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Changes that a reader sees but that no force has reached, in their order.
 *
 * @param changes each of which may be on the disk or not, within the order told in {@code
 *     package-info}
 */
public record Unforced(List<DiskChange> changes) {
  static final Unforced NONE = new Unforced(List.of());

  public Unforced {
    changes = List.copyOf(changes);
  }

  Unforced and(DiskChange change) {
    List<DiskChange> all = new ArrayList<>(changes);
    all.add(change);
    return new Unforced(all);
  }

  /** What a force of this inode brings to the disk. */
  List<DiskChange> of(long inode) {
    return closedBackwards(change -> concerns(change, inode));
  }

  /** What is left when these have reached the disk. */
  Unforced minus(List<DiskChange> forced) {
    // By identity: the same bytes may be written twice.
    List<DiskChange> rest = new ArrayList<>();
    int next = 0;
    for (DiskChange change : changes) {
      if (next < forced.size() && forced.get(next) == change) {
        next++;
      } else {
        rest.add(change);
      }
    }
    return new Unforced(rest);
  }

  /** After a failed force of these inodes, their bytes will never reach the disk. */
  Unforced failed(Predicate<Long> inodes) {
    UnaryOperator<DiskChange> lose =
        change -> change instanceof Written w && inodes.test(w.inode()) ? lengthOnly(w) : change;
    return new Unforced(changes.stream().map(lose).toList());
  }

  /** A write of which only the length of the file remains. */
  static DiskChange lengthOnly(Written write) {
    return new Written(write.inode(), write.position() + write.bytes().length, new byte[0]);
  }

  /** Only this change and those that it cannot be without. */
  List<DiskChange> only(int index) {
    DiskChange wanted = changes.get(index);
    return new Unforced(changes.subList(0, index + 1)).closedBackwards(c -> c == wanted);
  }

  /** All but these changes and those that cannot be without them. */
  List<DiskChange> without(Collection<Integer> lost) {
    Set<Object> gone = new HashSet<>();
    List<DiskChange> rest = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      DiskChange change = changes.get(i);
      if (lost.contains(i) || places(change).stream().anyMatch(gone::contains)) {
        gone.addAll(places(change));
      } else {
        rest.add(change);
      }
    }
    return rest;
  }

  private List<DiskChange> closedBackwards(Predicate<DiskChange> wanted) {
    Set<Object> needed = new HashSet<>();
    List<DiskChange> kept = new ArrayList<>();
    for (DiskChange change : changes.reversed()) {
      if (wanted.test(change) || places(change).stream().anyMatch(needed::contains)) {
        needed.addAll(places(change));
        kept.add(change);
      }
    }
    return kept.reversed();
  }

  private static boolean concerns(DiskChange change, long inode) {
    return switch (change) {
      case Named n -> n.entries().stream().anyMatch(e -> e.directory() == inode);
      case Written w -> w.inode() == inode;
      case Resized r -> r.inode() == inode;
      case Attributed a -> a.inode() == inode;
      default -> false;
    };
  }

  /** Where changes reach the disk in their order. */
  private static List<Object> places(DiskChange change) {
    return switch (change) {
      case Named n -> n.entries().stream().<Object>map(Unforced::place).toList();
      case Attributed a -> List.of(a.inode());
      default -> List.of();
    };
  }

  private static Object place(Entry entry) {
    return List.of(entry.directory(), entry.name());
  }
}
