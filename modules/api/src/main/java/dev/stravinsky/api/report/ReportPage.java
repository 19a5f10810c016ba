package dev.stravinsky.api.report;

import dev.stravinsky.api.ServiceFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/**
 * Everything that happened and how things stand, as one HTML page that needs nothing else: no
 * network, no script, no font. It shows the newest 10,000 events of the trail and says how many
 * there are. What looks like a secret is not in it, and text from files, names and events is text
 * in it, whatever it contains.
 *
 * <p>What cannot be read is said in its place in the page; the rest is shown all the same.
 */
public interface ReportPage {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<ReportPage> {}

  /** Writes the page as it is now. */
  void write(Appendable out) throws IOException;

  /**
   * Makes a file of it that only its owner may read. After a crash the file is whole, and the old
   * one or the new one.
   *
   * @param replace whether a file that is there and is no such page may be replaced
   * @throws dev.stravinsky.api.error.RefusedException if there is one and it may not
   */
  void save(Path file, boolean replace) throws IOException;

  /**
   * Serves the page on this machine alone, at an address that nobody can guess. There a script of
   * the page's own shows it anew when something happens.
   *
   * @param port 0 for any
   * @throws IOException if the port cannot be had
   */
  Served serve(int port) throws IOException;

  /** A page that is served until this is closed. */
  interface Served extends AutoCloseable {
    /** Where; whoever knows it can read the page. */
    URI address();

    @Override
    void close();
  }
}
