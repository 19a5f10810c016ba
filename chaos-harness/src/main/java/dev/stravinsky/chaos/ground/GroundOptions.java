package dev.stravinsky.chaos.ground;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The words by which a command is told where to run. */
public final class GroundOptions {
  private static final String OWN = "";
  private static final int SHOWN = 5;

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = "--clone",
      arity = "0..1",
      fallbackValue = OWN,
      paramLabel = "DIR",
      description =
          "With a copy, without its secrets, of your own configuration or of that in DIR, which is"
              + " only read.")
  String clone;

  @Option(
      names = "--disk",
      paramLabel = "DIR",
      description =
          "In a new folder in DIR, on the disk itself, and not in memory; it is removed at the end.")
  Path disk;

  /** Made by picocli. */
  public GroundOptions() {}

  /** Whether a real disk was asked for. */
  public boolean namesDisk() {
    return disk != null;
  }

  /**
   * What was asked for; says what of a configuration is not copied.
   *
   * @throws ParameterException if it cannot be had
   */
  public Ground ground(PrintWriter out) {
    List<String> words = new ArrayList<>();
    Optional<ConfigurationCopy> copy = Optional.empty();
    if (clone != null) {
      copy = Optional.of(read());
      words.add(clone.equals(OWN) ? "--clone" : "--clone=" + clone);
      copy.ifPresent(of -> tell(of, out));
    }
    if (disk != null) {
      if (!Files.isDirectory(disk) || !Files.isWritable(disk)) {
        throw mistake("no folder that can be written to: " + disk);
      }
      words.add("--disk=" + disk);
    }
    return new Ground(copy, Optional.ofNullable(disk).map(Path::toAbsolutePath), words);
  }

  private ConfigurationCopy read() {
    Path folder = clone.equals(OWN) ? ownConfiguration() : Path.of(clone);
    if (!Files.isDirectory(folder)) {
      throw mistake("there is no configuration to be copied: " + folder);
    }
    try {
      return ConfigurationCopy.of(folder);
    } catch (IOException e) {
      throw mistake("the configuration cannot be read: " + e);
    }
  }

  private Path ownConfiguration() {
    String named = System.getenv().getOrDefault("CLAUDE_CONFIG_DIR", "");
    String home = System.getenv().getOrDefault("HOME", "");
    if (named.isEmpty() && home.isEmpty()) {
      throw mistake("HOME is not set, so nobody knows whose configuration is meant");
    }
    return named.isEmpty() ? Path.of(home, ".claude") : Path.of(named);
  }

  private static void tell(ConfigurationCopy copy, PrintWriter out) {
    out.println(
        "chaos: a copy of " + copy.origin() + ", " + copy.size() + " entries, secrets taken out");
    List<String> left = copy.leftOut();
    if (!left.isEmpty()) {
      out.println("  left out, as too large or no files: " + left.size());
      left.stream().limit(SHOWN).forEach(name -> out.println("    " + name));
    }
  }

  private ParameterException mistake(String what) {
    return new ParameterException(command.commandLine(), what);
  }
}
