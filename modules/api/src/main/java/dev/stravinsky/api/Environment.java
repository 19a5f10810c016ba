package dev.stravinsky.api;

import dev.stravinsky.api.platform.PlatformFiles;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Supplier;

/**
 * All that the product takes from the world around it. Two environments share nothing: that is what
 * lets the whole product run on a faulty file system in memory, with a clock of its own.
 *
 * @param home where the product keeps its own files
 * @param stravinskyHome {@code ~/.stravinsky}: the user's {@code plugins/} and {@code checks.d/}
 * @param userHome the user's home directory
 * @param workingDirectory where the command was typed, absolute
 * @param installation the folder of the distribution that runs, which may not exist (tests)
 * @param variables the environment variables
 * @param clock the time; all stored times are UTC
 * @param ids gives a fresh random identifier (lower-case letters and digits) at each call
 * @param hostname this machine's name
 * @param user who runs the command
 * @param command the command as typed, for the lock's owner file and the trail
 * @param platform what the JDK's file API lacks, for the file system of the paths above
 */
public record Environment(
    Home home,
    Path stravinskyHome,
    Path userHome,
    Path workingDirectory,
    Path installation,
    Map<String, String> variables,
    Clock clock,
    Supplier<String> ids,
    String hostname,
    String user,
    String command,
    PlatformFiles platform) {

  public Environment {
    variables = Map.copyOf(variables);
  }

  /** The user's own plugins. */
  public Path userPlugins() {
    return stravinskyHome.resolve("plugins");
  }

  /** The plugins that came with the distribution. */
  public Path distributionPlugins() {
    return installation.resolve("plugins");
  }

  /** Executables that are checks. */
  public Path checksDirectory() {
    return stravinskyHome.resolve("checks.d");
  }

  /**
   * {@code ~} and {@code ~/...} stand for the user's home; other paths are relative to {@code
   * base}.
   */
  public Path expand(String written, Path base) {
    if (written.equals("~")) {
      return userHome;
    }
    return written.startsWith("~/")
        ? userHome.resolve(written.substring(2))
        : base.resolve(written);
  }
}
