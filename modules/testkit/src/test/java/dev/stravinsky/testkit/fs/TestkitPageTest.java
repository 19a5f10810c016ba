package dev.stravinsky.testkit.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.crash.CrashPoint;
import dev.stravinsky.testkit.crash.CrashRecording;
import dev.stravinsky.testkit.crash.Loss;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docs/testkit.md} shows, run; and that it shows nothing else. */
class TestkitPageTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "testkit.md");
  private static final Path HERE =
      Path.of("..", "testkit", "src", "test", "java")
          .resolve(TestkitPageTest.class.getName().replace('.', '/') + ".java");
  private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final int BLOCKS = 10;

  private final FaultFileSystem files = FaultFileSystem.inMemory();
  private final Path file = files.getPath("/settings.json");

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  @Test
  void page_everyBlock_isRunHere() throws IOException {
    String code = squeezed(Files.readString(HERE));
    Matcher blocks = BLOCK.matcher(Files.readString(PAGE));
    int count = 0;
    while (blocks.find()) {
      assertThat(code).contains(squeezed(blocks.group(1)));
      count++;
    }
    assertThat(count).as("blocks on the page").isEqualTo(BLOCKS);
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", ""); // The formatter may break lines otherwise.
  }

  @Test
  void counting() throws IOException {
    files.plan(FaultPlan.NONE);
    files.trace(true);
    Files.writeString(file, "{}");
    assertThat(files.changes()).isEqualTo(2);
    assertThat(files.traced()).extracting(FileOperation::kind).contains(Kind.CREATE, Kind.WRITE);
  }

  @Test
  void errors() throws IOException {
    Files.writeString(file, "old");
    files.plan(FaultPlan.failAt(2, Errno.ENOSPC));
    assertThatThrownBy(() -> Files.writeString(file, "longer"))
        .hasMessage("No space left on device");
    assertThat(file).hasContent("lon");
    assertThat(files.injected()).isEqualTo(1);
  }

  @Test
  void powerCuts() throws IOException {
    Set<Boolean> seen = new HashSet<>();
    CrashRecording recording = CrashRecording.begin(files);
    Files.writeString(file, "{}");
    for (CrashPoint point : recording.end()) {
      for (Loss loss : point.losses()) {
        try (FaultFileSystem left = point.after(loss).open()) {
          seen.add(Files.exists(left.getPath("/settings.json")));
        }
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void faultsOfAnOperation() {
    assertThat(Errno.thatCanHit(Kind.DELETE))
        .containsExactlyInAnyOrder(Errno.EIO, Errno.EACCES, Errno.EPERM, Errno.EROFS, Errno.EBUSY);
    assertThat(Errno.EMFILE.canHit(Kind.WRITE)).isFalse();
  }

  @Test
  void shortTransfers() throws IOException {
    files.plan(FaultPlan.shortWhere(operation -> operation.kind() == Kind.READ, 3));
    Files.writeString(file, "{\"a\": 1}");
    assertThat(Files.readString(file)).isEqualTo("{\"a\": 1}");
    assertThat(files.injected()).isPositive();
  }

  @Test
  void damage() throws IOException {
    Files.writeString(file, "abc");
    files.plan(FaultPlan.misreadWhere(o -> true, new Damage.FlippedBit(1, 5).once()));
    assertThat(Files.readString(file)).isEqualTo("aBc");
    assertThat(Files.readString(file)).isEqualTo("abc");
    files.damage(file, new Damage.CutAt(2));
    assertThat(Files.readString(file)).isEqualTo("ab");
  }

  @Test
  void slowness() throws IOException {
    List<Duration> waits = new ArrayList<>();
    files.sleeper(waits::add);
    files.plan(FaultPlan.slow(Map.of(Kind.WRITE, Duration.ofSeconds(30))));
    Files.writeString(file, "{}");
    assertThat(waits).containsExactly(Duration.ofSeconds(30));
  }

  @Test
  void modes() throws IOException {
    files.actAs(Credentials.ROOT);
    Files.writeString(file, "{}");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    files.actAs(new Credentials("eve", "users"));
    assertThatThrownBy(() -> Files.readString(file)).isInstanceOf(AccessDeniedException.class);
  }

  @Test
  void platformAndMounts() throws IOException {
    PlatformFiles one = files.newProcess();
    PlatformFiles other = files.newProcess();
    assertThat(one.tryLock(file, LockMode.EXCLUSIVE)).isPresent();
    assertThat(other.tryLock(file, LockMode.SHARED)).isEmpty();
    files.mount(file);
    assertThatThrownBy(() -> Files.delete(file)).hasMessageEndingWith("Device or resource busy");
  }

  @Test
  void realDiskAndWholeProduct(@TempDir Path real) throws IOException {
    try (FaultFileSystem disk = FaultFileSystem.before(FileSystems.getDefault())) {
      disk.plan(FaultPlan.failWhere(o -> o.kind() == Kind.FORCE, Errno.EIO));
      Path onDisk = disk.getPath(real.toString()).resolve("file");
      Files.writeString(onDisk, "there");
      assertThat(real.resolve("file")).hasContent("there");
    }
    try (Sandbox sandbox = Sandbox.inMemory()) {
      sandbox.faults().plan(FaultPlan.killAt(7));
      assertThat(sandbox.faults().isDead()).isFalse();
    }
  }
}
