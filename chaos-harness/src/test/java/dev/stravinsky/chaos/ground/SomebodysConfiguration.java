package dev.stravinsky.chaos.ground;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A configuration as people have it on their disk: links, odd names and modes, and secrets. */
public final class SomebodysConfiguration {
  static final List<String> SECRETS =
      List.of(
          "hunter2-database", "ghp_0123456789abcdefghij", "bearer-of-bad-news", "s3cr3t-in-env");

  private final Path home;

  private SomebodysConfiguration(Path home) {
    this.home = home;
  }

  /** Made in an empty directory. */
  public static SomebodysConfiguration in(Path home) throws IOException {
    SomebodysConfiguration files = new SomebodysConfiguration(home);
    files.make();
    return files;
  }

  public Path claude() {
    return home.resolve(".claude");
  }

  private void make() throws IOException {
    write(
        ".claude/settings.json",
        """
        {
          "env": { "DATABASE": "hunter2-database", "PLAIN": "s3cr3t-in-env" },
          "apiToken": "bearer-of-bad-news",
          "model": "opus",
          "hooks": { "PreToolUse": [ { "matcher": "Edit", "hooks": [
            { "type": "command", "command": "python3 ~/.claude/hooks/own_guard.py" } ] } ] }
        }
        """);
    write(".claude/hooks/own_guard.py", "#!/usr/bin/env python3\nDATABASE = 'hunter2-database'\n");
    write(".claude/hooks/push.sh", "#!/bin/sh\nTOKEN=ghp_0123456789abcdefghij git push\n");
    write(".claude/hooks/with space é.md", "# Notes\n");
    write(".claude/hooks/lib/deep/er/x.py", "X = 1\n");
    write(".claude/commands/ship.md", "---\ndescription: Ship\n---\nShip it.\n");
    write(".claude/agents/reviewer.md", "---\nname: reviewer\ndescription: Reviews\n---\nDo.\n");
    write(".claude/skills/pdf/SKILL.md", "---\nname: pdf\ndescription: PDF\n---\nRead.\n");
    write(".claude/CLAUDE.md", "Be brief.\n");
    write(".claude/projects/transcript.jsonl", "s3cr3t-in-env\n");
    write("repo/review.md", "---\ndescription: Review\n---\nReview.\n");
    Files.write(claude().resolve("hooks/huge.bin"), new byte[(1 << 20) + 1]);
    Files.write(claude().resolve("hooks/noise.bin"), new byte[] {(byte) 0xff, 0, 7});
    Files.createSymbolicLink(
        claude().resolve("commands/review.md"), home.resolve("repo/review.md"));
    Files.createSymbolicLink(claude().resolve("hooks/again.py"), Path.of("own_guard.py"));
    Files.createSymbolicLink(claude().resolve("hooks/inward.py"), claude().resolve("hooks/lib"));
    Files.createSymbolicLink(claude().resolve("hooks/nowhere"), Path.of("gone"));
    Files.setPosixFilePermissions(
        claude().resolve("hooks/push.sh"), PosixFilePermissions.fromString("rwx------"));
  }

  private void write(String path, String text) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /** Everything that a change would show in: type, mode, content, times, inode. */
  public Map<String, String> state() throws IOException {
    Map<String, String> state = new TreeMap<>();
    try (Stream<Path> all = Files.walk(home)) {
      for (Path each : all.toList()) {
        Map<String, Object> a =
            Files.readAttributes(
                each, "unix:mode,ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
        List<String> said = new ArrayList<>();
        new TreeMap<>(a).forEach((name, value) -> said.add(name + "=" + value));
        if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
          said.add(digest(Files.readAllBytes(each)));
        }
        state.put(home.relativize(each).toString(), String.join(" ", said));
      }
    }
    return state;
  }

  private static String digest(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** No secret is in this text. */
  public void assertNoSecretIn(String text) {
    SECRETS.forEach(secret -> assertThat(text).doesNotContain(secret));
  }

  /** No secret is in a file there. */
  public void assertNoSecretBelow(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        assertNoSecretIn(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
  }
}
