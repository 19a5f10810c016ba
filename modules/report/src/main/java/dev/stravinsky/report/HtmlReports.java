package dev.stravinsky.report;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.report.ReportPage;
import dev.stravinsky.report.page.PageWriter;
import org.osgi.service.component.annotations.Component;

/** Offers the page. */
@ServiceProvider(value = ReportPage.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = ReportPage.Factory.class)
public final class HtmlReports implements ReportPage.Factory {
  @Override
  public ReportPage create(Services services) {
    return new PageWriter(services);
  }
}
