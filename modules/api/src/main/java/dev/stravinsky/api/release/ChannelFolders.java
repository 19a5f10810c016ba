package dev.stravinsky.api.release;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The publisher's side: keeps a folder with a {@code channel.json}, its signature and the releases'
 * archives, which any web server can serve as it is. Every change counts the channel's counter up
 * and replaces {@code channel.json} last, so that what it names is there at every moment. On
 * failure the channel is as it was; at most an archive that it does not name is left.
 */
public interface ChannelFolders {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<ChannelFolders> {}

  /**
   * Makes a pair of keys, {@code NAME.pub} and {@code NAME.sec}, in signify's format, without a
   * passphrase; the secret one is readable by its owner only.
   *
   * @return the public one; nothing in a dry run
   * @throws dev.stravinsky.api.error.RefusedException if one of the files is there already
   * @throws dev.stravinsky.api.error.NotFoundException if the folder that they are to be in is not
   *     there
   */
  Optional<PublicKey> makeKeys(Path name, boolean dryRun) throws IOException;

  /**
   * Adds a release as the newest; makes the folder if it is not there.
   *
   * @param release a folder, {@code .tar.gz}, {@code .zip} or URL
   * @throws dev.stravinsky.api.error.RefusedException if {@code update} would refuse the release,
   *     or the channel has this version with other content already; if {@code folder} is a file
   * @throws dev.stravinsky.api.error.NotFoundException if the folder that it is to be in is not
   *     there
   */
  Added add(
      Path folder, ReleaseRequest release, String notes, Publishing publishing, Progress progress)
      throws IOException;

  /**
   * What became of a release.
   *
   * @param channel as it is now
   * @param offer the release in it
   * @param changed whether it was added; if not, it was there already, and stays as it is, also
   *     withdrawn
   */
  record Added(Channel channel, Offer offer, boolean changed) {}

  /** Marks a version as not to be installed, and says why. */
  Channel withdraw(Path folder, Version version, String reason, Publishing publishing)
      throws IOException;

  /** Only gives the channel a new date. */
  Channel renew(Path folder, Publishing publishing) throws IOException;

  /**
   * Names the keys that users are to trust from now on in place of those that they have; signed
   * with an old key as well, this reaches everybody who trusts that one.
   */
  Channel rotate(Path folder, List<PublicKey> keys, Publishing publishing) throws IOException;

  /**
   * How a change is published.
   *
   * @param keys files of secret keys; each signs. With none the channel is unsigned
   * @param dropSignature whether one that was signed may become unsigned: somebody is about to sign
   *     it with signify
   * @param signAnew whether a channel that none of the keys signed as it is may be signed
   * @param lifetime for how long it is to be believed; without it a signed one for 90 days, another
   *     for ever
   * @param dryRun only find out what would be there
   */
  record Publishing(
      List<Path> keys,
      boolean dropSignature,
      boolean signAnew,
      Optional<Duration> lifetime,
      boolean dryRun) {
    public Publishing {
      keys = List.copyOf(keys);
    }
  }
}
