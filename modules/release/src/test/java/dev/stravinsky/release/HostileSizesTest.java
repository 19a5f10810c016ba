package dev.stravinsky.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Small files that are to cost their reader much, or numbers that no reader has room for. */
class HostileSizesTest extends SandboxTest {
  private static final Limits SMALL = new Limits(1_000_000, 50, 200_000, 100, 20_000, 300, 10_000);
  private static final String HUGE = "9".repeat(40);

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @Test
  void tar_oneNameThatImpliesManyFolders_isRefused() {
    byte[] archive =
        new TarBuilder().pax("path", "hooks/" + "b/".repeat(120) + "f").file("x", "").gzip();

    assertThatThrownBy(() -> listed(archive))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("more than 100 entries");
  }

  @Test
  void tar_namesThatAreLongInAll_areRefused() {
    TarBuilder archive = new TarBuilder();
    for (int i = 0; i < 80; i++) {
      archive.pax("path", "hooks/" + i + "x".repeat(290)).file("x", "");
    }

    assertThatThrownBy(() -> listed(archive.gzip()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("names of more than 20000 bytes");
  }

  @Test
  void tar_deepNamesSideBySide_haveEachFolderOnce() throws IOException {
    TarBuilder archive = new TarBuilder();
    for (int i = 0; i < 40; i++) {
      archive.file("hooks/a/b/c/d/e/f" + i, "");
    }

    assertThat(listed(archive.gzip()).below(EntryPath.of("hooks"))).hasSize(40 + 5);
  }

  @Test
  void tar_extendedRecordWithoutAnEnd_isRefused() {
    byte[] record = "5 ab=".getBytes(StandardCharsets.UTF_8);
    byte[] archive =
        new TarBuilder()
            .entry("pax".getBytes(StandardCharsets.UTF_8), 'x', 0644, "", record)
            .file("hooks/a", "A")
            .gzip();

    assertThatThrownBy(() -> listed(archive))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("a damaged extended header");
  }

  @Test
  void link_ofMoreStepsThanAnyRealOne_isRefused() {
    EntryPath link = EntryPath.of("d/l");

    assertThat(LinkRules.refusal(link, "a/../".repeat(127) + "x", Set.of())).isEmpty();
    assertThat(LinkRules.refusal(link, "a/../".repeat(128) + "x", Set.of()).orElseThrow())
        .isEqualTo("a link of more than 255 steps");
    assertThat(LinkRules.refusal(link, "b/../../c/x", Set.of("c")).orElseThrow())
        .isEqualTo("a link that leads through the link c");
    assertThat(LinkRules.refusal(link, "../../x", Set.of()).orElseThrow())
        .isEqualTo("a link that leads out of its folder: ../../x");
  }

  @Test
  void json_numbersThatNothingHasRoomFor_areToldByTheirField() {
    assertDescriptorRefused("{\"format\": " + HUGE + "}", "format: is " + HUGE + ", newer");
    assertDescriptorRefused("{\"format\": -" + HUGE + "}", "format: must be 1");
    for (String size : new String[] {HUGE, "-1", "1.5", "\"7\""}) {
      assertDescriptorRefused(
          """
          {"format": 1, "files": [{"path": "hooks/a", "sha256": "%s", "size": %s}]}
          """
              .formatted("0".repeat(64), size),
          "files[0].size: must be a size in bytes");
    }
    String channel = "{\"format\": 1, \"name\": \"n\", \"counter\": %s, \"releases\": []}";
    assertThatThrownBy(() -> ChannelReader.read(bytes(channel.formatted(HUGE)), "channel.json"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("counter: must be");
  }

  private Contents listed(byte[] archive) throws IOException {
    Path file = sandbox.write(sandbox.root().resolve("archive"), archive, 0644);
    return TarContents.open(file, SMALL);
  }

  private static void assertDescriptorRefused(String json, String words) {
    assertThatThrownBy(() -> DescriptorReader.read(bytes(json), "release.json"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining(words);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
