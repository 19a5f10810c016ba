package dev.stravinsky.api.release;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.ServiceFactory;
import java.io.IOException;

/**
 * Reads the channel that {@code update.channel} names, and believes it or not, as The Update
 * Framework describes: signed by a trusted key where keys are pinned, not older than what was seen
 * before, not past its date.
 */
public interface Channels {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Channels> {}

  /**
   * Fetches and checks the channel, and keeps its counter, so that an older one is refused from
   * then on. Nothing else is changed.
   *
   * @throws dev.stravinsky.api.error.UsageException if no channel is set
   * @throws dev.stravinsky.api.error.NotFoundException if there is none at its place
   * @throws dev.stravinsky.api.error.RefusedException saying why it is not believed; what was seen
   *     before stays as it was
   */
  Channel read(Progress progress) throws IOException;
}
