package dev.stravinsky.testkit.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowDiskTest {
  private static final FaultPlan SLOW =
      FaultPlan.slow(Map.of(Kind.FORCE, Duration.ofSeconds(30), Kind.WRITE, Duration.ofMillis(4)));

  private final FaultFileSystem files = FaultFileSystem.inMemory();
  private final Path file = files.getPath("/file");
  private final List<Duration> waited = new ArrayList<>();

  @BeforeEach
  void noteInPlaceOfSleeping() {
    files.sleeper(waited::add);
  }

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  @Test
  void slow_kindsThatAreNamed_waitAndAreDone() throws IOException {
    files.plan(SLOW);
    writeAndForce();
    assertThat(waited).containsExactly(Duration.ofMillis(4), Duration.ofSeconds(30));
    assertThat(file).hasContent("x");
    assertThat(files.injected()).isZero();
  }

  @Test
  void slow_andFailing_waitsFirst() {
    files.plan(SLOW.and(FaultPlan.failWhere(o -> o.kind() == Kind.FORCE, Errno.EIO)));
    assertThatThrownBy(this::writeAndForce).hasMessage("Input/output error");
    assertThat(waited).containsExactly(Duration.ofMillis(4), Duration.ofSeconds(30));
    assertThat(files.injected()).isEqualTo(1);
  }

  @Test
  void failing_andSlow_doesNotWait() {
    files.plan(FaultPlan.failWhere(o -> o.kind() == Kind.WRITE, Errno.EIO).and(SLOW));
    assertThatThrownBy(this::writeAndForce).hasMessage("Input/output error");
    assertThat(waited).isEmpty();
  }

  @Test
  void slow_withNobodyElseToWait_sleepsAndKeepsTheInterrupt() throws IOException {
    try (FaultFileSystem sleeping = FaultFileSystem.inMemory()) {
      sleeping.plan(FaultPlan.slow(Map.of(Kind.MAKE_DIRECTORY, Duration.ofMillis(5))));
      long start = System.nanoTime();
      Thread.currentThread().interrupt();
      Files.createDirectory(sleeping.getPath("/d"));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(5_000_000);
    }
  }

  @Test
  void once_ofAPlan_objectsOnce() throws IOException {
    files.plan(FaultPlan.failWhere(o -> o.kind() == Kind.WRITE, Errno.EIO).once());
    assertThatThrownBy(this::writeAndForce).hasMessage("Input/output error");
    writeAndForce();
    assertThat(files.injected()).isEqualTo(1);
  }

  private void writeAndForce() throws IOException {
    Files.write(file, new byte[] {'x'});
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
