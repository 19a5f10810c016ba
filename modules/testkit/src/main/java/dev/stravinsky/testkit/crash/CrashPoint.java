package dev.stravinsky.testkit.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A moment at which the power goes.
 *
 * @param place the operation that did not take place any more, or that all were over
 * @param forced what is on the disk for certain
 * @param unforced what may be there
 */
public record CrashPoint(String place, DiskImage forced, Unforced unforced) {
  /** So many throws of coins for each point. */
  private static final int COINS = 2;

  /** Every way in which a power cut here can lose something. */
  public List<Loss> losses() {
    List<Loss> losses = new ArrayList<>(usualLosses());
    IntStream.range(0, unforced.changes().size()).mapToObj(Loss.Dropped::new).forEach(losses::add);
    IntStream.range(0, unforced.changes().size()).mapToObj(Loss.Kept::new).forEach(losses::add);
    return losses;
  }

  /** Those of them that do not go through the changes one by one. */
  public List<Loss> usualLosses() {
    List<Loss> losses =
        new ArrayList<>(
            List.of(
                new Loss.Everything(), new Loss.Nothing(), new Loss.Data(), new Loss.TornWrite()));
    IntStream.range(0, COINS).mapToObj(Loss.Some::new).forEach(losses::add);
    return losses;
  }

  /** What is on the disk afterwards. */
  public DiskImage after(Loss loss) {
    return forced.with(loss.survivors(unforced));
  }
}
