package dev.stravinsky.cli;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Home;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.platform.PlatformFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** This machine as an {@link Environment}: the one place that asks the system itself. */
final class HostEnvironment {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int ID_LENGTH = 12;

  /** Made when the first identifier is asked for; most commands need none. */
  private static final class Random {
    static final SecureRandom SOURCE = new SecureRandom();
  }

  private HostEnvironment() {}

  /** Makes ready what the first identifier would else wait for. */
  static void prepareIdentifiers() {
    Random.SOURCE.nextInt();
  }

  /**
   * The environment of this process.
   *
   * @param home what {@code --home} says
   * @param words the command as typed
   */
  static Environment of(Optional<String> home, String[] words) {
    Map<String, String> variables = System.getenv();
    Path working = workingDirectory();
    Path userHome = working.resolve(userHome(variables));
    Path stravinsky =
        Optional.ofNullable(variables.get("STRAVINSKY_HOME"))
            .filter(written -> !written.isEmpty())
            .map(working::resolve)
            .orElse(userHome.resolve(".stravinsky"));
    Path rollback = home.map(working::resolve).orElse(stravinsky.resolve("rollback"));
    Path installation =
        Optional.ofNullable(System.getProperty("stravinsky.installation"))
            .map(Path::of)
            .orElse(stravinsky.resolve("no-distribution"));
    return new Environment(
        new Home(rollback),
        stravinsky,
        userHome,
        working,
        installation,
        variables,
        Clock.systemUTC(),
        () -> id(Random.SOURCE),
        hostname(variables),
        variables.getOrDefault("SUDO_USER", System.getProperty("user.name", "unknown")),
        "stravinsky " + String.join(" ", words),
        PlatformFiles.system());
  }

  /** Where the command was typed. */
  static Path workingDirectory() {
    return Path.of("").toAbsolutePath();
  }

  /** Whether standard output is a pipe; false where the system does not say. */
  static boolean printsIntoAPipe() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString().startsWith("pipe:");
    } catch (IOException e) {
      return false;
    }
  }

  private static String userHome(Map<String, String> variables) {
    String home = variables.getOrDefault("HOME", variables.getOrDefault("USERPROFILE", ""));
    if (home.isEmpty()) {
      throw new UsageException(
          Problem.of(ErrorKind.UNKNOWN, "HOME is not set, so nobody knows whose files are meant")
              .leaving("nothing was read or changed")
              .next("HOME=/home/you stravinsky status"));
    }
    return home;
  }

  private static String id(SecureRandom random) {
    StringBuilder id = new StringBuilder(ID_LENGTH);
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  /** Read from the kernel where it can be: a look-up by the resolver may take seconds. */
  private static String hostname(Map<String, String> variables) {
    try {
      return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    } catch (IOException e) {
      String named = variables.getOrDefault("COMPUTERNAME", variables.getOrDefault("HOSTNAME", ""));
      return named.isEmpty() ? InetAddress.getLoopbackAddress().getHostName() : named;
    }
  }
}
