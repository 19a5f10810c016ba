package dev.stravinsky.cli.output;

import dev.stravinsky.api.Progress;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar on the terminal for work that takes longer than a moment, gone when it is done. */
public final class ProgressLine implements Progress {
  private static final long SHOW_AFTER_NANOS = 500_000_000L;

  /** The library's word for a bar without an end. */
  private static final long UNKNOWN = -1;

  /** Nobody has so many files: these are bytes, which are shown as megabytes. */
  private static final long BYTES_FROM = 1_000_000;

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
      boolean bytes = total > BYTES_FROM;
      bar =
          new ProgressBarBuilder()
              .setUnit(bytes ? " MB" : "", bytes ? BYTES_FROM : 1)
              .setTaskName(newPhase)
              .setInitialMax(total > 0 ? total : UNKNOWN)
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .build();
    }
    bar.stepTo(done);
  }
}
