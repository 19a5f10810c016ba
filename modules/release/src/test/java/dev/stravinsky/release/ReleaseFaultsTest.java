package dev.stravinsky.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseBuilder.BuildRequest;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.testkit.ReleaseFolder;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Each operation that changes something fails once, or is the last one of the process. */
class ReleaseFaultsTest {
  private static final Version V1 = new Version("v1");

  @Test
  void open_anyOperationFails_leavesNothingInStaging() throws IOException {
    int failed = 0;
    for (long n = 1; ; n++) {
      try (Sandbox sandbox = Sandbox.inMemory()) {
        ReleaseFolder folder = folder(sandbox, "A");
        sandbox.faults().plan(FaultPlan.failAt(n, Errno.ENOSPC));
        try {
          open(sandbox, folder);
          assertThat(sandbox.faults().injected()).isZero();
          break;
        } catch (IOException e) {
          failed++;
          sandbox.faults().plan(FaultPlan.NONE);
          assertThat(staged(sandbox)).as("operation %d", n).isEmpty();
        }
      }
    }
    assertThat(failed).isGreaterThan(5);
  }

  @Test
  void build_anyOperationFails_leavesTheOldFileOrTheNew() throws IOException {
    int failed = 0;
    for (long n = 1; ; n++) {
      try (Sandbox sandbox = Sandbox.inMemory()) {
        ReleaseFolder folder = folder(sandbox, "A");
        Path output = sandbox.write(sandbox.root().resolve("out/r.tar.gz"), "old");
        sandbox.faults().plan(FaultPlan.failAt(n, Errno.ENOSPC));
        var request = new BuildRequest(request(folder), Optional.of("r"), output, true, false);
        try {
          sandbox.services().releaseBuilder().build(request, Progress.NONE);
          if (sandbox.faults().injected() == 0) {
            break;
          }
        } catch (IOException e) {
          failed++;
          sandbox.faults().plan(FaultPlan.NONE);
          assertThat(staged(sandbox)).as("operation %d", n).isEmpty();
          assertThat(names(output.getParent())).as("operation %d", n).containsExactly("r.tar.gz");
          if (!Files.readString(output, StandardCharsets.ISO_8859_1).equals("old")) {
            ReleaseRequest built =
                new ReleaseRequest(output.toString(), Optional.empty(), List.of("hooks"));
            sandbox.services().releases().open(built, Progress.NONE);
          }
        }
      }
    }
    assertThat(failed).isGreaterThan(20);
  }

  @Test
  void keep_anyOperationFails_keepsTheOldOrTheNew() throws IOException {
    int failed = 0;
    for (long n = 1; ; n++) {
      try (Sandbox sandbox = Sandbox.inMemory()) {
        Release before = kept(sandbox, "A");
        Release after = open(sandbox, folder(sandbox, "BB"));
        long injected = sandbox.faults().injected();
        sandbox.faults().plan(FaultPlan.failAt(n, Errno.EIO));
        try {
          keep(sandbox, after);
          if (sandbox.faults().injected() == injected) {
            break;
          }
        } catch (IOException e) {
          failed++;
        }
        sandbox.faults().plan(FaultPlan.NONE);
        sandbox.restart();
        assertThat(sandbox.services().releases().published(V1).orElseThrow().files())
            .as("operation %d", n)
            .isIn(before.files(), after.files());
      }
    }
    assertThat(failed).isGreaterThan(5);
  }

  @Test
  void keep_killedAnywhere_keepsTheOldOrTheNewAndCleansUpLater() throws IOException {
    int killed = 0;
    for (long n = 1; ; n++) {
      try (Sandbox sandbox = Sandbox.inMemory()) {
        Release before = kept(sandbox, "A");
        Release after = open(sandbox, folder(sandbox, "BB"));
        sandbox.faults().plan(FaultPlan.killAt(n));
        try {
          keep(sandbox, after);
          break;
        } catch (ProcessKilledError e) {
          killed++;
        }
        sandbox.faults().plan(FaultPlan.NONE);
        sandbox.restartAfterKill();
        assertThat(sandbox.services().releases().published(V1).orElseThrow().files())
            .as("operation %d", n)
            .isIn(before.files(), after.files());
        keep(sandbox, after);
        sandbox.services().releases().retain(java.util.Set.of(V1), java.util.Set.of());
        assertThat(sandbox.services().releases().published(V1).orElseThrow().files())
            .isEqualTo(after.files());
        assertThat(sandbox.services().releases().everyPublished(V1))
            .extracting(Release::files)
            .as("operation %d", n)
            .containsExactly(after.files(), before.files());
        assertThat(names(sandbox.home().releases())).hasSize(2);
      }
    }
    assertThat(killed).isGreaterThan(5);
  }

  private static void keep(Sandbox sandbox, Release release) throws IOException {
    sandbox.services().releases().keepPending("t1", release);
    sandbox.services().releases().publish("t1", V1);
  }

  private static Release kept(Sandbox sandbox, String content) throws IOException {
    Release release = open(sandbox, folder(sandbox, content));
    keep(sandbox, release);
    return release;
  }

  private static ReleaseFolder folder(Sandbox sandbox, String content) throws IOException {
    return ReleaseFolder.in(sandbox, sandbox.root().resolve("release-" + content))
        .file("hooks/a", content, 0755)
        .file("hooks/deep/b", content)
        .link("hooks/l", "a");
  }

  private static Release open(Sandbox sandbox, ReleaseFolder folder) throws IOException {
    return sandbox.services().releases().open(request(folder), Progress.NONE);
  }

  private static ReleaseRequest request(ReleaseFolder folder) {
    return new ReleaseRequest(folder.directory().toString(), Optional.of(V1), List.of("hooks"));
  }

  private static List<String> staged(Sandbox sandbox) throws IOException {
    Path staging = sandbox.home().staging();
    return Files.exists(staging) ? names(staging) : List.of();
  }

  private static List<String> names(Path directory) throws IOException {
    try (var all = Files.list(directory)) {
      return all.map(p -> p.getFileName().toString()).toList();
    }
  }
}
