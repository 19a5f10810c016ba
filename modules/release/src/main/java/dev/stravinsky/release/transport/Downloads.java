package dev.stravinsky.release.transport;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Progress;
import dev.stravinsky.files.FileWrites;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** Fetches files for one environment: its variables name the proxies. */
public final class Downloads {
  private final Environment environment;
  private final Patience patience;
  private final Pause pause;
  private final RandomGenerator random;

  public Downloads(Environment environment, Patience patience) {
    this(environment, patience, Thread::sleep, RandomGenerator.getDefault());
  }

  /**
   * @param pause waits between attempts
   * @param random spreads them
   */
  public Downloads(
      Environment environment, Patience patience, Pause pause, RandomGenerator random) {
    this.environment = environment;
    this.patience = patience;
    this.pause = pause;
    this.random = random;
  }

  /** Whether a location is an http or https address. */
  public static boolean handles(String location) {
    return Address.isOne(location);
  }

  /**
   * Fetches a file, whole and as expected, or leaves none.
   *
   * @param file where it is to be; must not exist
   * @param limitBytes more than that is refused, whatever the server promised
   * @throws dev.stravinsky.api.error.UsageException if the location is no address, or a variable
   *     names a proxy that cannot be used
   * @throws dev.stravinsky.api.error.NotFoundException if the server says that there is nothing
   * @throws dev.stravinsky.api.error.RefusedException if it is larger than the limit, not what was
   *     expected, or the server leads to where nobody should follow
   * @throws dev.stravinsky.api.error.DownloadFailedException if it cannot be got
   * @throws IOException if it cannot be written here
   */
  public void fetch(
      String location, Expected expected, long limitBytes, Path file, Progress progress)
      throws IOException {
    Address address = Address.of(location);
    try (PartialFile part = new PartialFile(file)) {
      try (Requests requests = new Requests(new Proxies(environment.variables()), patience)) {
        var wanted = new Download.Wanted(address, expected, limitBytes);
        new Download(wanted, part, requests, patience, environment.clock(), progress)
            .run(new Backoff(patience, random), pause);
      } catch (IOException | RuntimeException e) {
        removeAfter(e, file);
        throw e;
      }
    }
  }

  private static void removeAfter(Exception failure, Path file) {
    try {
      FileWrites.deleteIfExists(file);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
