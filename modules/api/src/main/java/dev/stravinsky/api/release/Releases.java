package dev.stravinsky.api.release;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gets releases, believes them or not, and keeps them as merge bases. */
public interface Releases {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Releases> {}

  /**
   * Fetches, unpacks into the staging area and checks a release.
   *
   * @throws dev.stravinsky.api.error.NotFoundException if there is none at the location
   * @throws dev.stravinsky.api.error.RefusedException naming every entry that cannot be trusted, or
   *     what is wrong with its description; nothing is left in staging
   */
  Release open(ReleaseRequest request, Progress progress) throws IOException;

  /**
   * A folder for files that are made of an opened release, merged ones for example; made by whoever
   * writes the first. It goes with the release.
   */
  Path scratch(Release opened);

  /** Removes an opened release from the staging area. */
  void discard(Release opened) throws IOException;

  /** The release as it was published, if it was kept; the last one of that version. */
  Optional<Release> published(Version version) throws IOException;

  /**
   * All that were published under this version, the last one first: one can come again with other
   * content, and a rollback leads back to the earlier one. Of the earlier ones the ten newest are
   * kept, as long as their version is; one that is damaged is left out.
   */
  List<Release> everyPublished(Version version) throws IOException;

  /**
   * Keeps an opened release durably for a transaction that is to install it. What is kept under its
   * version stays until that is decided: a version can come again with other content, and if that
   * fails, what was published before is still the base of later merges.
   */
  void keepPending(String transactionId, Release opened) throws IOException;

  /**
   * The transaction is committed: what was kept for it is now kept under its version, before what
   * was. May be done again; does nothing if nothing, or an equal release, was kept.
   */
  void publish(String transactionId, Version version) throws IOException;

  /** The transaction is undone: what was kept for it goes. May be done again. */
  void discardPending(String transactionId) throws IOException;

  /**
   * Removes kept releases of all other versions, and what is kept for transactions that are over.
   *
   * @param transactions those that are not decided yet
   */
  void retain(Set<Version> versions, Set<String> transactions) throws IOException;
}
