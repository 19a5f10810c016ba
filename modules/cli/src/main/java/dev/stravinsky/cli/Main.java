package dev.stravinsky.cli;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.cli.output.Output;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;

/** The program. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit status, whatever threads are left. */
  public static void main(String[] words) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    boolean terminal = System.console() != null && System.console().isTerminal();
    int status = run(words, new Output(out, err, terminal, System.getenv()));
    status = told(words, status, out, err);
    err.flush();
    Runtime.getRuntime().halt(status);
  }

  /**
   * What was asked for and could not be printed, as on a full disk, was not done; what was changed
   * was. Nobody is told where nobody reads: the reader of a pipe has gone.
   */
  private static int told(String[] words, int status, PrintStream out, PrintStream err) {
    if (!out.checkError()) {
      return status;
    }
    if (!HostEnvironment.printsIntoAPipe()) {
      err.println("error: standard output could not be written to; not all was printed");
    }
    boolean done = status == ExitStatus.DONE.code();
    return done && !CommandTable.changesFiles(words) ? ExitStatus.FAILED.code() : status;
  }

  /** Runs a command and returns its exit status. */
  static int run(String[] typed, Output output) {
    String[] words = withHelpLast(typed);
    Session session = new Session(words, output);
    headStart(session, words);
    Failures failures = new Failures(session);
    CommandLine line = CommandTable.commandLine(session, words);
    line.setExecutionExceptionHandler((e, command, result) -> failures.report(e));
    line.setParameterExceptionHandler((e, arguments) -> failures.usage(e));
    line.setOut(new PrintWriter(output.results(), true, StandardCharsets.UTF_8));
    int status = line.execute(words);
    try {
      session.close();
    } catch (IOException e) {
      return status == ExitStatus.DONE.code() ? failures.report(e) : status;
    }
    return status;
  }

  /** What takes long to make ready can be made so beside reading words and settings. */
  private static void headStart(Session session, String[] words) {
    if (words.length == 0 || words[0].startsWith("-")) {
      return;
    }
    boolean locks = CommandTable.takesLock(words);
    Thread.ofPlatform()
        .daemon()
        .name("head start")
        // What fails here fails again where it is needed, and is told there.
        .uncaughtExceptionHandler((thread, failure) -> {})
        .start(() -> makeReady(session, locks));
  }

  /**
   * In the order in which they are needed: plugins, random numbers, calls of the system, the tables
   * without which no number in JSON is read.
   */
  private static void makeReady(Session session, boolean locks) {
    session.startPlugins();
    if (locks) {
      HostEnvironment.prepareIdentifiers();
      PlatformFiles.system().warmUp();
    }
    BigDecimal.ONE.signum();
  }

  /** {@code help backup list} is what many type for {@code backup list --help}. */
  private static String[] withHelpLast(String[] typed) {
    if (typed.length == 0 || !typed[0].equals("help")) {
      return typed;
    }
    String[] words = Arrays.copyOfRange(typed, 1, typed.length + 1);
    words[words.length - 1] = "--help";
    return words;
  }
}
