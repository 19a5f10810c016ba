package dev.stravinsky.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultFileSystem;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each operation of a durable write fails once, or is the last thing that the process does. */
class DurableFaultsTest {
  private static final byte[] OLD = "old content".getBytes();
  private static final byte[] NEW = "the new content, which is longer".getBytes();

  /** What was there before. */
  enum Before {
    NOTHING,
    FILE,
    LINK
  }

  @ParameterizedTest
  @EnumSource(
      value = Errno.class,
      names = {"ENOSPC", "EIO", "EACCES", "EROFS"})
  void replace_anyOperationFails_isOldOrNewAndLeavesNothing(Errno errno) throws IOException {
    for (Before before : Before.values()) {
      long clean = cleanRun(before);
      for (long n = 1; n <= clean; n++) {
        try (Sandbox sandbox = Sandbox.inMemory()) {
          Path file = prepare(sandbox, before);
          FaultFileSystem faults = sandbox.faults();
          faults.plan(FaultPlan.failAt(n, errno));
          boolean failed = fails(() -> Durable.replace(file, NEW, 0640));
          assertThat(faults.injected()).as("fault %d fired", n).isEqualTo(1);
          faults.plan(FaultPlan.NONE);
          String state = before + ", " + errno + " at " + n;
          assertThat(failed).as(state).isTrue();
          boolean last = n == clean; // Forcing the directory: the new file is there.
          assertContent(file, before, last, state);
          assertNoOther(file, before, state);
          Durable.replace(file, NEW, 0640);
          assertContent(file, before, true, state);
        }
      }
    }
  }

  @Test
  void replace_killedAtAnyOperation_isOldOrNewAndNextTimeClean() throws IOException {
    for (Before before : Before.values()) {
      long clean = cleanRun(before);
      for (long n = 1; n <= clean; n++) {
        try (Sandbox sandbox = Sandbox.inMemory()) {
          Path file = prepare(sandbox, before);
          sandbox.faults().plan(FaultPlan.killAt(n));
          assertThat(dies(() -> Durable.replace(file, NEW, 0640))).isTrue();
          sandbox.restartAfterKill();
          String state = before + ", killed at " + n;
          assertContent(file, before, n == clean, state);
          Durable.replace(file, NEW, 0640);
          assertContent(file, before, true, state);
          assertNoOther(file, before, state);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a/b", "a/b/c/d"})
  void createDirectories_anyOperationFails_leavesNoneThatIsNotForced(String missing)
      throws IOException {
    long clean;
    try (Sandbox sandbox = Sandbox.inMemory()) {
      sandbox.faults().plan(FaultPlan.NONE);
      Durable.createDirectories(sandbox.claude().resolve(missing));
      clean = sandbox.faults().changes();
    }
    for (long n = 1; n <= clean; n++) {
      try (Sandbox sandbox = Sandbox.inMemory()) {
        Path top = sandbox.claude();
        sandbox.faults().plan(FaultPlan.failAt(n, Errno.EIO));
        assertThat(fails(() -> Durable.createDirectories(top.resolve(missing)))).isTrue();
        sandbox.faults().plan(FaultPlan.NONE);
        assertThat(Files.exists(top.resolve("a"))).as("after %d", n).isFalse();
        Durable.createDirectories(top.resolve(missing));
        assertThat(sandbox.faults().changes()).as("forced anew after %d", n).isEqualTo(clean);
        assertThat(FileModes.of(top.resolve(missing))).isEqualTo(0700);
      }
    }
  }

  @Test
  void create_contentThatThrows_leavesNothing() throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Path file = sandbox.claude().resolve("f");
      java.io.InputStream broken =
          new java.io.InputStream() {
            @Override
            public int read() {
              throw new IllegalStateException("broken");
            }
          };
      assertThat(
              org.assertj.core.api.Assertions.catchThrowable(
                  () -> FileWrites.create(file, broken, 0600)))
          .hasMessage("broken");
      assertThat(Files.exists(file)).isFalse();
    }
  }

  private static long cleanRun(Before before) throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Path file = prepare(sandbox, before);
      sandbox.faults().plan(FaultPlan.NONE);
      Durable.replace(file, NEW, 0640);
      assertContent(file, before, true, "clean");
      assertThat(FileModes.of(file.toRealPath())).isEqualTo(0640);
      return sandbox.faults().changes();
    }
  }

  private static Path prepare(Sandbox sandbox, Before before) throws IOException {
    Path directory = Files.createDirectories(sandbox.claude().resolve("d"));
    Path file = directory.resolve("config.json");
    switch (before) {
      case NOTHING -> {}
      case FILE -> sandbox.write(file, OLD, 0600);
      case LINK -> {
        Path end = sandbox.write(sandbox.claude().resolve("dotfiles/config.json"), OLD, 0600);
        Files.createSymbolicLink(file, directory.relativize(end));
      }
    }
    return file;
  }

  private static void assertContent(Path file, Before before, boolean isNew, String state)
      throws IOException {
    if (!isNew && before == Before.NOTHING) {
      assertThat(Files.exists(file, LinkOption.NOFOLLOW_LINKS)).as(state).isFalse();
      return;
    }
    assertThat(Files.readAllBytes(file)).as(state).isEqualTo(isNew ? NEW : OLD);
    assertThat(Files.isSymbolicLink(file)).as(state).isEqualTo(before == Before.LINK);
  }

  private static void assertNoOther(Path file, Before before, String state) throws IOException {
    Path directory = before == Before.LINK ? file.toRealPath().getParent() : file.getParent();
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(f -> f.getFileName().toString()).toList();
      assertThat(names).as(state).isSubsetOf("config.json");
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private static boolean fails(Step step) {
    try {
      step.run();
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static boolean dies(Step step) throws IOException {
    try {
      step.run();
      return false;
    } catch (ProcessKilledError e) {
      return true;
    }
  }
}
