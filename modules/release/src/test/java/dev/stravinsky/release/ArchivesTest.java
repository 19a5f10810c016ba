package dev.stravinsky.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.release.transport.Downloads;
import dev.stravinsky.release.transport.Patience;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Archives as they should be, and as somebody who means harm would make them. */
class ArchivesTest extends SandboxTest {
  private static final Limits SMALL = new Limits(1_000_000, 50, 200_000, 100, 20_000, 300, 10_000);

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @Test
  void tar_plain_keepsModesLinksAndContent() throws IOException {
    Release release =
        opened(
            new TarBuilder()
                .directory("./")
                .directory("./hooks/")
                .file("./hooks/a.sh", 0755, "#!/bin/sh\n")
                .file("./settings.json", 0600, "{}")
                .link("./hooks/l", "a.sh")
                .hardLink("./hooks/h", "./hooks/a.sh")
                .gzip());

    assertThat(state(release, "hooks", "a.sh")).isEqualTo(regular("#!/bin/sh\n", 0755));
    assertThat(state(release, "hooks", "h")).isEqualTo(regular("#!/bin/sh\n", 0644));
    assertThat(state(release, "hooks", "l")).isEqualTo(new EntryState.Link("a.sh"));
    assertThat(state(release, "settings", "settings.json")).isEqualTo(regular("{}", 0600));
  }

  @Test
  void tar_oneFolderAroundIt_isTakenOff() throws IOException {
    Release release =
        opened(
            new TarBuilder()
                .file("mine-1.0/.claude/hooks/a", "A")
                .hardLink("mine-1.0/.claude/hooks/h", "mine-1.0/.claude/hooks/a")
                .file("mine-1.0/README.md", "read")
                .gzip());

    assertThat(release.files()).hasSize(2);
    assertThat(release.ignored()).containsExactly("mine-1.0/README.md");
    assertThat(Files.readString(release.content(release.files().getFirst()))).isEqualTo("A");
  }

  @Test
  void tar_namesLongAndNotUtf8_keepTheirBytes() throws IOException {
    String longName = "hooks/" + "x".repeat(120) + "/\u00e9";
    byte[] raw = {'h', 'o', 'o', 'k', 's', '/', (byte) 0xe9};
    Release release =
        opened(
            new TarBuilder()
                .pax("path", longName)
                .file("short", "long")
                .entry(raw, '0', 0644, "", new byte[0])
                .gzip());

    assertThat(release.files())
        .extracting(f -> f.path().encoded())
        .containsExactly("x".repeat(120) + "/%C3%A9", "%E9");
  }

  @Test
  void tar_hostileNames_areRefusedByName() throws IOException {
    for (String name :
        List.of(
            "../x",
            "hooks/../../x",
            "/etc/x",
            "hooks\\x",
            "C:/x",
            "hooks/./x",
            "hooks//x",
            "hooks/..")) {
      assertRefused(new TarBuilder().file("hooks/a", "A").file(name, "evil").gzip(), name);
    }
    assertRefused(new TarBuilder().pax("path", "hooks/a\0b").file("x", "evil").gzip(), "zero byte");
    assertRefused(
        new TarBuilder().pax("path", "hooks/" + "n".repeat(400)).file("x", "e").gzip(), "longer");
  }

  @Test
  void tar_specialEntries_areRefusedByName() throws IOException {
    for (char type : "346SVM".toCharArray()) {
      assertRefused(
          new TarBuilder().file("hooks/a", "A").special("hooks/special", type).gzip(),
          "hooks/special");
    }
  }

  @Test
  void tar_sparse_isRefused() throws IOException {
    assertRefused(
        new TarBuilder().pax("GNU.sparse.major", "1").file("hooks/s", "x").gzip(), "hooks/s");
  }

  @Test
  void tar_throughALink_isRefusedByName() throws IOException {
    assertRefused(
        new TarBuilder().link("hooks/l", "sub").file("hooks/l/x", "evil").gzip(), "hooks/l/x");
    assertRefused(new TarBuilder().link("hooks", "/etc").file("hooks/x", "evil").gzip(), "hooks/x");
    assertRefused(
        new TarBuilder().file("hooks/f", "A").file("hooks/f/x", "evil").gzip(), "hooks/f/x");
  }

  @Test
  void tar_linksThatLeadOut_areRefusedByName() throws IOException {
    for (String to : List.of("/etc/passwd", "../../x", "..\\x", "")) {
      assertRefused(new TarBuilder().file("hooks/a", "A").link("hooks/l", to).gzip(), "hooks/l");
    }
    assertRefused(
        new TarBuilder().file("hooks/a", "A").hardLink("hooks/h", "/etc/passwd").gzip(), "hooks/h");
    assertRefused(
        new TarBuilder().file("hooks/a", "A").hardLink("hooks/h", "README").gzip(), "hooks/h");
  }

  @Test
  void tar_duplicatesAndCollisions_areRefusedByName() throws IOException {
    assertRefused(new TarBuilder().file("hooks/a", "A").file("hooks/a", "B").gzip(), "hooks/a");
    assertRefused(new TarBuilder().file("hooks/a", "A").file("./hooks/a", "B").gzip(), "hooks/a");
    assertRefused(new TarBuilder().file("hooks/a", "A").file("hooks/A", "B").gzip(), "hooks/");
    assertRefused(
        new TarBuilder().file("hooks/\u00e9", "A").file("hooks/e\u0301", "B").gzip(), "hooks/");
  }

  @Test
  void tar_setUserId_isRefusedByName() throws IOException {
    assertRefused(new TarBuilder().file("hooks/a", 04755, "A").gzip(), "hooks/a");
  }

  @Test
  void tar_cutAnywhere_isRefused() throws IOException {
    byte[] whole = new TarBuilder().file("hooks/a", "A".repeat(700)).file("hooks/b", "B").gzip();
    for (int length = 2; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "cut off");
    }
  }

  @Test
  void tar_withoutItsEnd_isRefused() throws IOException {
    assertRefused(new TarBuilder().file("hooks/a", "A").gzip(false), "end mark");
  }

  @Test
  void tar_randomByteChanged_neverGivesAnotherContent() throws IOException {
    byte[] whole = new TarBuilder().file("hooks/a", "A".repeat(700)).file("hooks/b", "B").gzip();
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        Release release = opened(damaged);
        // Only gzip's own header may differ: its flags and time say nothing of the content.
        assertThat(state(release, "hooks", "a"))
            .as("seed %d", seed)
            .isEqualTo(regular("A".repeat(700), 0644));
      } catch (RefusedException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }

  @Test
  void gzip_ofNoTar_isRefused() throws IOException {
    byte[] gzip = new TarBuilder().entry(new byte[0], '0', 0, "", new byte[0]).gzip();
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    try (var stream = new java.util.zip.GZIPOutputStream(out)) {
      stream.write("some text, no archive".repeat(100).getBytes(StandardCharsets.UTF_8));
    }

    assertRefused(out.toByteArray(), "no tar archive");
    assertRefused(gzip, "empty");
  }

  @Test
  void tar_bombs_areRefusedBeforeTheDiskIsFull() throws IOException {
    assertRefused(new TarBuilder().file("hooks/a", "0".repeat(900_000)).gzip(), "bomb");
    assertRefused(new TarBuilder().file("docs/a", "0".repeat(900_000)).gzip(), "bomb");
    StringBuilder noise = new StringBuilder();
    Random random = new Random(1);
    for (int i = 0; i < 1_100_000; i++) {
      noise.append((char) (' ' + random.nextInt(90)));
    }
    assertRefused(new TarBuilder().file("hooks/a", noise.toString()).gzip(), "more than 1000000");
    TarBuilder many = new TarBuilder();
    for (int i = 0; i < 101; i++) {
      many.file("hooks/" + i, "");
    }
    assertRefused(many.gzip(), "more than 100 entries");
  }

  @Test
  void tar_manyBadNames_areNotAllListed() throws IOException {
    TarBuilder many = new TarBuilder();
    for (int i = 0; i < 90; i++) {
      many.file("../" + i, "");
    }
    assertRefused(many.gzip(), "and 70 more");
  }

  @Test
  void zip_plain_keepsModesAndLinks() throws IOException {
    Release release =
        opened(
            new ZipBuilder()
                .file("top/hooks/a.sh", 0100755, "#!/bin/sh\n")
                .file("top/settings.json", 0100600, "{}")
                .file("top/hooks/l", 0120777, "a.sh")
                .bytes());

    assertThat(state(release, "hooks", "a.sh")).isEqualTo(regular("#!/bin/sh\n", 0755));
    assertThat(state(release, "hooks", "l")).isEqualTo(new EntryState.Link("a.sh"));
    assertThat(state(release, "settings", "settings.json")).isEqualTo(regular("{}", 0600));
  }

  @Test
  void zip_withoutModes_makesScriptsExecutable() throws IOException {
    Release release =
        opened(
            new ZipBuilder()
                .file("hooks/a.sh", 0, "#!/bin/sh\n")
                .file("hooks/b.txt", 0, "b")
                .bytes());

    assertThat(state(release, "hooks", "a.sh")).isEqualTo(regular("#!/bin/sh\n", 0755));
    assertThat(state(release, "hooks", "b.txt")).isEqualTo(regular("b", 0644));
  }

  @Test
  void zip_hostileEntries_areRefusedByName() throws IOException {
    for (String name : List.of("../x", "hooks/../../x", "/etc/x", "hooks\\x", "C:/x")) {
      assertRefused(
          new ZipBuilder().file("hooks/a", 0100644, "A").file(name, 0100644, "evil").bytes(), name);
    }
    assertRefused(
        new ZipBuilder().file("hooks/a", 0100644, "A").file("hooks/l", 0120777, "../../x").bytes(),
        "hooks/l");
    assertRefused(new ZipBuilder().file("hooks/fifo", 0010644, "").bytes(), "hooks/fifo");
    assertRefused(new ZipBuilder().file("hooks/dev", 0060644, "").bytes(), "hooks/dev");
    assertRefused(
        new ZipBuilder().file("hooks/l", 0120777, "d").file("hooks/l/x", 0100644, "evil").bytes(),
        "hooks/l/x");
    assertRefused(
        new ZipBuilder().file("hooks/a", 0100644, "A").file("hooks/a", 0100644, "B").bytes(),
        "hooks/a");
    assertRefused(
        new ZipBuilder().file("hooks/a", 0100644, "A").file("hooks/A", 0100644, "B").bytes(),
        "hooks/");
  }

  @Test
  void zip_bomb_isRefused() throws IOException {
    assertRefused(new ZipBuilder().file("hooks/a", 0100644, "0".repeat(900_000)).bytes(), "bomb");
  }

  @Test
  void zip_cutOrDamaged_isRefused() throws IOException {
    byte[] whole = new ZipBuilder().file("hooks/a", 0100644, "A".repeat(50) + "end").bytes();
    for (int length = 4; length < whole.length; length++) {
      assertRefused(Arrays.copyOf(whole, length), "");
    }
    byte[] stored = new ZipBuilder().stored("hooks/a", "content").bytes();
    int at = new String(stored, StandardCharsets.ISO_8859_1).indexOf("content");
    stored[at] ^= 1;
    assertRefused(stored, "not as it was packed");
  }

  private Release opened(byte[] archive) throws IOException {
    // The name says nothing: what counts is the content.
    Path file = sandbox.write(sandbox.root().resolve("archive"), archive, 0644);
    var locations =
        new SourceLocation(
            sandbox.environment(),
            SMALL,
            new Downloads(sandbox.environment(), Patience.STANDARD),
            List.of(),
            List::of);
    return new StagedReleases(
            sandbox.environment(),
            locations,
            SMALL,
            ChannelWorld.noFetch(sandbox),
            () -> Trust.NOBODY)
        .open(
            new ReleaseRequest(
                file.toString(),
                Optional.of(new Version("v1")),
                List.of("hooks", "commands", "settings")),
            Progress.NONE);
  }

  private void assertRefused(byte[] archive, String words) throws IOException {
    assertThatThrownBy(() -> opened(archive))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(words);
    try (var staged = Files.list(sandbox.home().staging())) {
      assertThat(staged).isEmpty();
    }
  }

  private static EntryState state(Release release, String target, String path) {
    return release.file(target, EntryPath.of(path)).orElseThrow().state();
  }

  private static EntryState regular(String content, int mode) {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    return new EntryState.Regular(Sha256.of(bytes), bytes.length, mode);
  }
}
