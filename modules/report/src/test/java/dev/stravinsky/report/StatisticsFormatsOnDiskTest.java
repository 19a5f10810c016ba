package dev.stravinsky.report;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.StatisticsReportContract;
import java.io.IOException;
import java.nio.file.Path;

class StatisticsFormatsOnDiskTest extends StatisticsReportContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
