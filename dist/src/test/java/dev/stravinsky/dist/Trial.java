package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedMap;

/**
 * One update, tried again and again from the same beginning: in a home that is put back to the
 * byte, in the same place, before each time.
 */
final class Trial {
  private final User user;
  private final TwoReleases releases;
  private final Path template;
  private final SortedMap<String, String> before;
  private final SortedMap<String, String> after;
  private final long successes;

  /**
   * Installs the first release and keeps what then is.
   *
   * @param folder of its own, for the releases and what is kept
   * @param home where the user lives
   * @param parts how many small files the releases have beside a dozen
   */
  Trial(Path folder, Path home, int parts) throws IOException, InterruptedException {
    this.user = new User(home);
    this.releases = new TwoReleases(folder.resolve("releases"), parts);
    this.template = folder.resolve("template");
    releases.install(user);
    copy(home, template);
    this.before = Live.of(user).entries();
    this.after = releases.expected(before);
    this.successes = Aftermath.successes(user, false);
  }

  User user() {
    return user;
  }

  TwoReleases releases() {
    return releases;
  }

  Path template() {
    return template;
  }

  /** Puts everything back. */
  void restore() throws IOException, InterruptedException {
    Run.of(user.variables(), Path.of("/bin/rm"), "-rf", user.home());
    copy(template, user.home());
  }

  static void copy(Path from, Path to) throws IOException, InterruptedException {
    Run copy = Run.of(System.getenv(), Path.of("/bin/cp"), "-a", from, to);
    assertThat(copy.status()).as(copy.toString()).isZero();
  }

  /** The words of the command that is tried. */
  Object[] words() {
    return new Object[] {"update", releases.second(), "--version", TwoReleases.SECOND};
  }

  Aftermath aftermath() {
    return new Aftermath(user, before, after, successes);
  }

  /** The command is typed, with nothing in its way. */
  Run types() throws IOException, InterruptedException {
    return user.types(words());
  }

  /** How long it takes here when nothing happens to it; and that it then does what it should. */
  long usualNanos() throws IOException, InterruptedException {
    restore();
    long start = System.nanoTime();
    Run run = types();
    long nanos = System.nanoTime() - start;
    Aftermath aftermath = aftermath();
    aftermath.ended(run);
    aftermath.status();
    assertThat(aftermath.violations()).as(run.toString()).isEmpty();
    assertThat(aftermath.isNew()).as(run.toString()).isTrue();
    return nanos;
  }
}
