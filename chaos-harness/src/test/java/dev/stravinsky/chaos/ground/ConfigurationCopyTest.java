package dev.stravinsky.chaos.ground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ConfigurationCopyTest {
  @TempDir Path home;
  private SomebodysConfiguration somebody;

  @BeforeEach
  void make() throws IOException {
    somebody = SomebodysConfiguration.in(home);
  }

  @Test
  void into_aSandbox_hasFilesModesAndLinks() throws IOException {
    try (Sandbox sandbox = copied()) {
      Path claude = sandbox.claude();
      assertThat(claude.resolve("hooks/with space é.md")).hasContent("# Notes");
      assertThat(claude.resolve("skills/pdf/SKILL.md")).exists();
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(claude.resolve("hooks/push.sh"))))
          .isEqualTo("rwx------");
      assertThat(Files.readAllBytes(claude.resolve("hooks/noise.bin"))).containsExactly(0xff, 0, 7);
      assertThat(Files.readSymbolicLink(claude.resolve("hooks/again.py")).toString())
          .isEqualTo("own_guard.py");
      assertThat(claude.resolve("hooks/inward.py").toRealPath())
          .isEqualTo(claude.resolve("hooks/lib").toRealPath());
      assertThat(Files.isSymbolicLink(claude.resolve("hooks/nowhere"))).isTrue();
    }
  }

  @Test
  void into_aLinkToDotfiles_leadsToACopyOfItsEnd() throws IOException {
    try (Sandbox sandbox = copied()) {
      Path link = sandbox.claude().resolve("commands/review.md");
      assertThat(Files.isSymbolicLink(link)).isTrue();
      assertThat(link.toRealPath().startsWith(sandbox.userHome().resolve("dotfiles"))).isTrue();
      assertThat(Files.readString(link)).contains("Review.");
    }
  }

  @Test
  void into_whatIsNoTarget_isNotRead() throws IOException {
    try (Sandbox sandbox = copied()) {
      assertThat(sandbox.claude().resolve("projects")).doesNotExist();
      assertThat(sandbox.claude().resolve("hooks/huge.bin")).doesNotExist();
      assertThat(ConfigurationCopy.of(somebody.claude()).leftOut())
          .containsExactly(somebody.claude().toRealPath().resolve("hooks/huge.bin").toString());
    }
  }

  @Test
  void into_secrets_areNowhereInTheSandbox() throws IOException {
    try (Sandbox sandbox = copied();
        Stream<Path> all = Files.walk(sandbox.root())) {
      for (Path file :
          all.filter(f -> Files.isRegularFile(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        SomebodysConfiguration.SECRETS.forEach(
            s -> assertThat(text).as(file.toString()).doesNotContain(s));
      }
      JsonNode settings =
          JsonMapper.shared().readTree(Files.readString(sandbox.claude().resolve("settings.json")));
      assertThat(settings.get("model").stringValue()).isEqualTo("opus");
      assertThat(settings.get("env").get("DATABASE").stringValue()).isEqualTo("x".repeat(16));
      assertThat(Files.readString(sandbox.claude().resolve("hooks/own_guard.py")))
          .isEqualTo("#!/usr/bin/env python3\nDATABASE = '" + "x".repeat(16) + "'\n");
    }
  }

  @Test
  void of_aFolder_isOnlyRead() throws IOException {
    Map<String, String> before = somebody.state();
    copied().close();
    assertThat(somebody.state()).isEqualTo(before);
  }

  @Test
  void into_someFiles_areAlsoReleasedAndChangedByTheSecondRelease() throws IOException {
    try (Sandbox sandbox = copied()) {
      Path releases = sandbox.root().resolve("releases");
      String first = Files.readString(releases.resolve("v1/commands/ship.md"));
      assertThat(first).isEqualTo(Files.readString(sandbox.claude().resolve("commands/ship.md")));
      assertThat(Files.readString(releases.resolve("v2/commands/ship.md"))).isEqualTo(first + "\n");
    }
  }

  private Sandbox copied() throws IOException {
    Sandbox sandbox = Sandbox.inMemory();
    ConfigurationCopy.of(somebody.claude()).into(sandbox);
    return sandbox;
  }
}
