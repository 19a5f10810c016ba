package dev.stravinsky.api.report;

import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.audit.TrailStatistics;
import java.io.IOException;

/** Statistics as people and programs read them. */
public interface StatisticsReport {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<StatisticsReport> {}

  /** Writes the figures in the format. */
  void write(TrailStatistics statistics, Format format, Appendable out) throws IOException;

  /** The formats. */
  enum Format {
    TEXT,
    JSON,
    /** Prometheus' text exposition format 0.0.4. */
    PROMETHEUS
  }
}
