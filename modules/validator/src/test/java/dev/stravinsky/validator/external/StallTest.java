package dev.stravinsky.validator.external;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StallTest {
  @TempDir Path directory;

  @Test
  void requested_nothingArrives_afterTheLimit() throws Exception {
    AtomicLong now = new AtomicLong();
    Stall stall = new Stall(directory, Duration.ofSeconds(60), now::get);

    for (int second = 2; second < 200; second += 2) {
      now.set(Duration.ofSeconds(second).toNanos());
      if (second <= 100) {
        Files.writeString(directory.resolve("part"), "x".repeat(second));
      }
      assertThat(stall.requested()).describedAs("second %s", second).isEqualTo(second > 160);
    }
  }
}
