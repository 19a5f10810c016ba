package dev.stravinsky.cli;

import dev.stravinsky.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs several commands in one process, with a word {@code --} between them, however each ends. The
 * launcher does so once, in a sandbox: the classes that they need go into its start-up cache.
 */
public final class Rehearsal {
  private Rehearsal() {}

  public static void main(String[] words) {
    List<String> command = new ArrayList<>();
    for (String word : words) {
      if (word.equals("--")) {
        play(command);
        command.clear();
      } else {
        command.add(word);
      }
    }
    play(command);
    // As after any command; the cache is written on the way out.
    Runtime.getRuntime().halt(0);
  }

  private static void play(List<String> command) {
    Main.run(command.toArray(String[]::new), new Output(System.out, System.err, false, Map.of()));
  }
}
