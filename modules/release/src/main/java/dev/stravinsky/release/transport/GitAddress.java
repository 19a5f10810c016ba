package dev.stravinsky.release.transport;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import java.nio.file.InvalidPathException;
import java.util.regex.Pattern;

/**
 * A place that git knows, as {@code git+REPOSITORY#REF}. Neither part can be an option of git or of
 * ssh, nor a program that git would run to get there.
 *
 * @param repository a URL, {@code HOST:PATH} or an absolute path
 * @param ref a branch, a tag or a commit; {@code HEAD} if none is given
 */
record GitAddress(String repository, String ref) {
  private static final String PREFIX = "git+";
  private static final Pattern URL = Pattern.compile("(?i)(https?|ssh|git|file)://[^-\\s].*");
  private static final Pattern SSH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._@-]*:[^:].*");

  /** What is left of git's rules for refs without those that mean something to its commands. */
  private static final Pattern REF = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_./+@-]*");

  static boolean isOne(String location) {
    return location.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  /** Reads what was typed; relative paths are those of the working directory. */
  static GitAddress of(String location, Environment environment) {
    String plain = location.substring(PREFIX.length());
    int hash = plain.lastIndexOf('#');
    String repository = hash < 0 ? plain : plain.substring(0, hash);
    String ref = hash < 0 ? "HEAD" : plain.substring(hash + 1);
    boolean control = location.chars().anyMatch(Character::isISOControl);
    if (control || !REF.matcher(ref).matches() || ref.contains("..") || ref.contains("@{")) {
      throw mistake(location, "no branch, tag or commit");
    }
    if (URL.matcher(repository).matches()) {
      return new GitAddress(repository, ref);
    }
    boolean path = repository.startsWith("/") || repository.startsWith(".");
    if (!path && !repository.startsWith("~") && SSH.matcher(repository).matches()) {
      return new GitAddress(repository, ref);
    }
    if (repository.isBlank() || repository.contains("://") || repository.contains("::")) {
      throw mistake(location, "no repository that can be fetched from");
    }
    try {
      return new GitAddress(
          environment
              .expand(repository, environment.workingDirectory())
              .toAbsolutePath()
              .normalize()
              .toString(),
          ref);
    } catch (InvalidPathException e) {
      throw mistake(location, "no repository that can be fetched from");
    }
  }

  @Override
  public String toString() {
    return Redaction.of(PREFIX + repository + "#" + ref);
  }

  private static UsageException mistake(String location, String what) {
    return new UsageException(
        Problem.of(
                ErrorKind.UNKNOWN,
                Redaction.of(location).replaceAll("\\p{Cntrl}", "?") + " names " + what)
            .leaving("nothing was changed")
            .next("stravinsky update git+https://HOST/REPOSITORY#TAG"));
  }
}
