package dev.stravinsky.api.update;

import dev.stravinsky.api.Version;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A version that {@code update} does not take by itself.
 *
 * @param since when it was held; of an automatic hold, when the version failed
 * @param reason why, in a sentence, if anybody said so
 */
public record Hold(Version version, Cause cause, Instant since, Optional<String> reason) {

  /** Who holds it, and why. */
  public enum Cause {
    /** The user said so: it is not installed until the user says otherwise. */
    USER("held by you"),
    /** It did not pass its checks here: it is installed only if it is asked for by its name. */
    FAILED("it failed its checks here"),
    /** The user went back from it: as {@link #FAILED}. */
    ROLLED_BACK("it was rolled back here");

    private final String sentence;

    Cause(String sentence) {
      this.sentence = sentence;
    }

    /** For people. */
    public String sentence() {
      return sentence;
    }

    /** As in the file: {@code rolled_back}. */
    public String written() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whether it ends by itself when the version is installed all the same. */
  public boolean automatic() {
    return cause != Cause.USER;
  }

  /** Why, with the reason if there is one. */
  public String why() {
    return cause.sentence() + reason.map(text -> ": " + text).orElse("");
  }
}
