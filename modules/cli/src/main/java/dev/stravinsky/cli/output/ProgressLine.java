package dev.stravinsky.cli.output;

import dev.stravinsky.api.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on the terminal for work that takes longer than a moment, gone when it is done. */
public final class ProgressLine implements Progress {
  private static final long SHOW_AFTER_NANOS = 500_000_000L;

  private final long started = System.nanoTime();
  private ProgressBar bar;
  private String phase = "";

  @Override
  public synchronized void report(String newPhase, long done, long total) {
    if (bar != null && (!newPhase.equals(phase) || total > 0 && done >= total)) {
      bar.close();
      bar = null;
    }
    boolean finished = total > 0 && done >= total;
    if (finished || System.nanoTime() - started < SHOW_AFTER_NANOS) {
      return;
    }
    if (bar == null) {
      phase = newPhase;
      bar =
          new ProgressBarBuilder()
              .setTaskName(newPhase)
              .setInitialMax(Math.max(total, 1))
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .build();
    }
    bar.stepTo(done);
  }
}
