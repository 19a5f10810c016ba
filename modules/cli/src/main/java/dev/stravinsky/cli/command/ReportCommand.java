package dev.stravinsky.cli.command;

import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.report.ReportPage.Served;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Flag;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** {@code stravinsky report}. */
public final class ReportCommand extends Command {
  private static final String FILE = "stravinsky-report.html";
  private static final int HIGHEST_PORT = 65_535;

  private final Value<String> output =
      arguments().option("-o", "FILE", "Where to (default: " + FILE + "; - for standard output).");

  private final Flag force = arguments().flag("Replace a file that is no report.", "--force");

  private final Flag serve =
      arguments().flag("Show it in a browser, anew whenever something happens.", "--serve");

  private final Value<Integer> port =
      arguments().option("--port", "N", Integer.class, "Of --serve (default: any).");

  public ReportCommand(Session session) {
    super(session, "Make a page of everything that happened, and of how things stand.");
  }

  @Override
  ExitStatus run() throws IOException {
    if (serve.given()) {
      return show();
    }
    if (port.given().isPresent()) {
      throw TypedFile.notWritten(
          "--port belongs to --serve", "stravinsky report --serve --port " + port.get());
    }
    if (output.or(FILE).equals("-")) {
      services().reportPage().write(output().results());
      return ExitStatus.DONE;
    }
    Path file =
        TypedFile.of(output.or(FILE), services().environment(), "stravinsky report -o " + FILE);
    services().reportPage().save(file, force.given());
    output().success("Wrote " + file);
    return ExitStatus.DONE;
  }

  /** Until it is interrupted. */
  private ExitStatus show() throws IOException {
    if (output.given().isPresent()) {
      throw TypedFile.notWritten("-o and --serve exclude each other", "stravinsky report --serve");
    }
    int wanted = port.or(0);
    if (wanted < 0 || wanted > HIGHEST_PORT) {
      throw TypedFile.notWritten(wanted + " is no port", "stravinsky report --serve");
    }
    try (Served page = services().reportPage().serve(wanted)) {
      output().line("Open " + page.address());
      output().note("Whoever knows this address can read the page. Ctrl-C ends it.");
      output().results().flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return ExitStatus.INTERRUPTED;
  }
}
