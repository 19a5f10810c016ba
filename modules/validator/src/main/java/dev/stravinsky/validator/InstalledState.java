package dev.stravinsky.validator;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Order;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.TargetPath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;

/** What is live where a change was made. */
final class InstalledState {
  /** The order in which places are reported. */
  static final Comparator<TargetPath> BY_PLACE =
      Order.inTurn(
          Order.by((TargetPath place) -> place.target().name()), Order.by(TargetPath::path));

  private InstalledState() {}

  /** The live state at a place, as far as {@code expected} speaks of the same thing. */
  static EntryState at(TargetPath place, EntryState expected) throws IOException {
    Path live = place.live();
    // A file that was installed through a link is at the end of the link's chain.
    boolean throughLink = expected instanceof EntryState.Regular && Presence.isSymbolicLink(live);
    return throughLink && Presence.isRegularFile(live)
        ? EntryStates.regular(live)
        : EntryStates.of(live);
  }
}
