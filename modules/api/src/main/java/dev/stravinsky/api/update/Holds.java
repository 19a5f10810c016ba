package dev.stravinsky.api.update;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.Version;
import java.io.IOException;
import java.util.Optional;

/**
 * Which versions updates leave alone, per scope: {@code holds.json}. Every change takes the home's
 * lock and is one durable replacement of that file: after a crash it is as before or as after.
 *
 * <p>All methods throw a {@link dev.stravinsky.api.error.DamagedException} if the file is not what
 * was written, and a {@link dev.stravinsky.api.error.RefusedException} if it is of a newer format;
 * nothing is changed then.
 */
public interface Holds {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Holds> {}

  /** What holds for the scope now. */
  HeldVersions of(Scope scope) throws IOException;

  /**
   * The user holds a version, also one that is held automatically; the trail says so.
   *
   * @return false if the user held it already, for the same reason
   */
  boolean hold(Scope scope, Version version, Optional<String> reason) throws IOException;

  /**
   * Ends the hold of a version, whoever began it; the trail says so.
   *
   * @return false if it was not held
   */
  boolean unhold(Scope scope, Version version) throws IOException;

  /**
   * Ends all holds and the pin of the scope; the trail says so. Works also where the file is
   * damaged: then it is begun anew, for all scopes.
   *
   * @return false if there were none
   */
  boolean clear(Scope scope) throws IOException;

  /**
   * Updates bring only this version from now on; the trail says so.
   *
   * @return false if it was pinned to it already
   */
  boolean pin(Scope scope, Version version) throws IOException;

  /**
   * Ends the pin; the trail says so.
   *
   * @return false if there was none
   */
  boolean unpin(Scope scope) throws IOException;

  /**
   * A version failed here or was gone back from: it is held until it is asked for. Does nothing if
   * the user holds it. Said in the trail by the event of what happened, not by one of its own.
   */
  void failed(Scope scope, Hold hold) throws IOException;

  /** The version is installed all the same: its automatic hold, if it has one, ends. */
  void installed(Scope scope, Version version) throws IOException;
}
