package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Order;
import dev.stravinsky.api.Target;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * One entry of a transaction, with every place where one of its sides can be.
 *
 * @param operation what is done
 * @param target the target's index in the header
 * @param path the entry in its target; the root for directories that lead to it
 * @param live where the change becomes visible: the end of the chain where a link stays
 * @param staged where the new side waits; after an exchange the old one is there
 * @param aside where the old side goes without an exchange, and when it is deleted; of what is
 *     written in place, a copy
 * @param before what was seen at {@code live} when the change was planned
 * @param after what will be there
 * @param oldInode the inode of {@code before}, empty where there is none
 * @param newInode the inode of the staged side, empty where there is none
 */
record Step(
    Operation operation,
    int target,
    EntryPath path,
    Path live,
    Path staged,
    Path aside,
    EntryState before,
    EntryState after,
    String oldInode,
    String newInode) {
  /** What is done with the entry. */
  enum Operation {
    /** A new directory. */
    MAKE_DIRECTORY,
    /** A new file or link. */
    CREATE,
    /** A file or link in the place of another. */
    REPLACE,
    /** Other content in the same file, which is a mount and lets nothing take its place. */
    OVERWRITE,
    /** Another mode for a directory. */
    CHANGE_MODE,
    /** A file or link goes, after the commit. */
    DELETE,
    /** A directory goes if it is empty, after the commit. */
    DELETE_DIRECTORY
  }

  /** Which side an entry is. */
  enum Side {
    ABSENT,
    OLD,
    NEW,
    FOREIGN
  }

  /** Which side was found; where content and mode tell nothing, the inode does. */
  Side side(Seen seen) {
    boolean old = seen.is(before);
    boolean isNew = seen.is(after);
    if (old && isNew) {
      return !newInode.isEmpty() && seen.inode().equals(newInode) ? Side.NEW : Side.OLD;
    }
    if (isNew) {
      return Side.NEW;
    }
    if (old) {
      return Side.OLD;
    }
    if (seen.isAbsent()) {
      return Side.ABSENT;
    }
    // Somebody changed the mode only: still the same bytes in the same file.
    if (seen.hasContentOf(after) && seen.inode().equals(newInode)) {
      return Side.NEW;
    }
    return seen.hasContentOf(before) && seen.inode().equals(oldInode) ? Side.OLD : Side.FOREIGN;
  }

  Step withInodes(String old, String staging) {
    return new Step(operation, target, path, live, staged, aside, before, after, old, staging);
  }

  /** Whether it waits for the commit. */
  boolean isDeletion() {
    return operation == Operation.DELETE || operation == Operation.DELETE_DIRECTORY;
  }

  /** Whether its owner may write to the directory afterwards, and could not before. */
  private boolean opensDirectory() {
    return operation == Operation.CHANGE_MODE
        && ClosedDirectories.isClosed(before)
        && !ClosedDirectories.isClosed(after);
  }

  private int depth() {
    return live.getNameCount();
  }

  /**
   * The order of the swap and of the deletions: directories before what is in them, new files
   * before those that may name them, settings last; deletions the other way round, so that at each
   * moment everything that settings name exists. A directory is opened before all of that, and
   * closed after it.
   */
  static Comparator<Step> forward(List<Target> targets) {
    return Order.inTurn(
        Order.by(s -> forwardPhase(s, s.isSettings(targets))),
        Order.by(s -> deepestFirst(s) ? -s.depth() : s.depth()),
        Order.by(Step::path),
        Order.by(Step::target));
  }

  /** The order of the undoing: the same way round with the roles changed. */
  static Comparator<Step> backward(List<Target> targets) {
    return Order.inTurn(
        Order.by(s -> backwardPhase(s, s.isSettings(targets))),
        Order.by(s -> s.isUndoneDeepestFirst() ? -s.depth() : s.depth()),
        Order.by(Step::path),
        Order.by(Step::target));
  }

  private static int forwardPhase(Step step, boolean settings) {
    return switch (step.operation) {
      case CHANGE_MODE -> step.opensDirectory() ? 0 : 6;
      case MAKE_DIRECTORY -> 1;
      case CREATE -> settings ? 4 : 2;
      case REPLACE, OVERWRITE -> settings ? 5 : 3;
      case DELETE -> settings ? 7 : 8;
      case DELETE_DIRECTORY -> 9;
    };
  }

  private static int backwardPhase(Step step, boolean settings) {
    return switch (step.operation) {
      case CHANGE_MODE -> step.opensDirectory() ? 6 : 0;
      case REPLACE, OVERWRITE -> settings ? 2 : 1;
      case CREATE -> settings ? 3 : 4;
      case MAKE_DIRECTORY -> 5;
      case DELETE, DELETE_DIRECTORY -> 7;
    };
  }

  private static boolean deepestFirst(Step step) {
    boolean closes = step.operation == Operation.CHANGE_MODE && !step.opensDirectory();
    return closes || step.operation == Operation.DELETE_DIRECTORY;
  }

  private boolean isUndoneDeepestFirst() {
    return operation == Operation.MAKE_DIRECTORY || opensDirectory();
  }

  /** Whether it brings something that new settings may name. */
  boolean isOfferedToSettings(List<Target> targets) {
    boolean brings = operation == Operation.CREATE || operation == Operation.MAKE_DIRECTORY;
    return brings && !isSettings(targets);
  }

  /** Whether it is of the files that name others. */
  boolean isSettings(List<Target> targets) {
    return targets.get(target).name().equals("settings");
  }
}
