package dev.stravinsky.report;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.audit.TrailStatistics;
import dev.stravinsky.api.report.StatisticsReport;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** Offers the formats of statistics. */
@ServiceProvider(value = StatisticsReport.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = StatisticsReport.Factory.class)
public final class StatisticsFormats implements StatisticsReport.Factory {
  @Override
  public StatisticsReport create(Services services) {
    return StatisticsFormats::write;
  }

  private static void write(
      TrailStatistics statistics, StatisticsReport.Format format, Appendable out)
      throws IOException {
    out.append(
        switch (format) {
          case TEXT -> TextFigures.of(statistics);
          case JSON -> JsonFigures.of(statistics);
          case PROMETHEUS -> PrometheusFigures.of(statistics);
        });
  }
}
