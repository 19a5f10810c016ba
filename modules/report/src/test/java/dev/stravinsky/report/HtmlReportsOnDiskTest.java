package dev.stravinsky.report;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.ReportPageContract;
import java.io.IOException;
import java.nio.file.Path;

class HtmlReportsOnDiskTest extends ReportPageContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
