package dev.stravinsky.testkit.crash;

import dev.stravinsky.testkit.fs.DiskChange;
import dev.stravinsky.testkit.fs.DiskChange.AllForceFailed;
import dev.stravinsky.testkit.fs.DiskChange.AllForced;
import dev.stravinsky.testkit.fs.DiskChange.Born;
import dev.stravinsky.testkit.fs.DiskChange.Done;
import dev.stravinsky.testkit.fs.DiskChange.ForceFailed;
import dev.stravinsky.testkit.fs.DiskChange.Forced;
import dev.stravinsky.testkit.fs.DiskChange.Recorded;
import dev.stravinsky.testkit.fs.FaultFileSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Everything that is done to a file system in memory while this is open. */
public final class CrashRecording {
  private final FaultFileSystem files;

  private CrashRecording(FaultFileSystem files) {
    this.files = files;
  }

  /** Begins; what is there already counts as forced. */
  public static CrashRecording begin(FaultFileSystem files) {
    files.record();
    return new CrashRecording(files);
  }

  /**
   * Ends the recording.
   *
   * @return a point in place of each operation that changes something, whether it was refused or
   *     not, and one after the last; the file system itself is untouched
   */
  public List<CrashPoint> end() throws IOException {
    Recorded recorded = files.recorded();
    List<CrashPoint> points = new ArrayList<>();
    DiskImage forced = DiskImage.made(recorded.existing());
    Unforced pending = Unforced.NONE;
    for (Done done : recorded.done()) {
      points.add(new CrashPoint(done.operation().toString(), forced, pending));
      for (DiskChange change : done.changes()) {
        List<DiskChange> reached = reached(change, pending);
        forced = reached.isEmpty() ? forced : forced.with(reached);
        pending = after(change, pending.minus(reached));
      }
    }
    points.add(new CrashPoint("after the last operation", forced, pending));
    return points;
  }

  /** What reaches the disk by a change. */
  private static List<DiskChange> reached(DiskChange change, Unforced pending) {
    return switch (change) {
      case Born born -> List.of(born); // Without a name it is nowhere.
      case Forced f -> pending.of(f.inode());
      case AllForced all -> pending.changes();
      default -> List.of();
    };
  }

  private static Unforced after(DiskChange change, Unforced pending) {
    return switch (change) {
      case Born born -> pending;
      case Forced f -> pending;
      case AllForced all -> pending;
      case ForceFailed f -> pending.failed(inode -> inode == f.inode());
      case AllForceFailed f -> pending.failed(inode -> true);
      default -> pending.and(change);
    };
  }
}
