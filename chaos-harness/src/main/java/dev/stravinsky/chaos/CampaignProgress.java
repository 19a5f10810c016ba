package dev.stravinsky.chaos;

import dev.stravinsky.chaos.report.ChaosReport.Row;
import java.io.PrintWriter;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on a terminal; elsewhere a line for each cell that was tried. */
final class CampaignProgress implements Campaign.Listener, AutoCloseable {
  private final PrintWriter out;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private ProgressBar bar;

  CampaignProgress(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void before(Cell cell, int number, int all) {
    if (!terminal) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("chaos")
              .setInitialMax(all)
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .build();
    }
    bar.setExtraMessage(cell.id());
    bar.stepTo(number);
  }

  @Override
  public void after(CellResult result) {
    if (!terminal && result.planned() > 0) {
      out.println("  " + result.line());
      out.flush();
    }
  }

  @Override
  public void afterSequences(Row result) {
    if (!terminal) {
      out.printf(
          "  %-44s planned %6d, injected %6d, violations %d%n",
          result.id(), result.planned(), result.injected(), result.violations());
      out.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
