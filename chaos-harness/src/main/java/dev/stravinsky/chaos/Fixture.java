package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Two releases of a realistic configuration, and a user with files and links of her own. The second
 * one creates, changes, deletes, and makes executable.
 */
final class Fixture {
  private Fixture() {}

  /** A file of a release: its content, and whether it can be run. */
  record Content(String text, boolean executable) {
    byte[] bytes() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    int mode() {
      return executable ? 0755 : 0644;
    }
  }

  static Map<String, Content> first() {
    Map<String, Content> files = new TreeMap<>();
    files.put("hooks/pre_edit.py", script("#!/usr/bin/env python3\nprint('first')\n"));
    files.put("hooks/post_edit.sh", script("#!/bin/sh\necho first\n"));
    files.put("hooks/notify.sh", text("#!/bin/sh\necho notify\n"));
    files.put("hooks/old_guard.sh", script("#!/bin/sh\necho goes away\n"));
    files.put("hooks/lib/common.py", text("LIMIT = 1\n"));
    files.put("hooks/README.md", text("# Hooks\n\nThe same in both.\n"));
    files.put("commands/deploy.md", text("---\ndescription: Deploy\n---\nDeploy the first.\n"));
    files.put("commands/review.md", text("---\ndescription: Review\n---\nReview.\n"));
    files.put("commands/test/unit.md", text("---\ndescription: Unit tests\n---\nRun them.\n"));
    files.put("settings.json", text(settings("pre_edit.py")));
    return files;
  }

  static Map<String, Content> second() {
    Map<String, Content> files = first();
    files.put("hooks/pre_edit.py", script("#!/usr/bin/env python3\nprint('second')\n"));
    files.put("hooks/notify.sh", script("#!/bin/sh\necho notify\n"));
    files.remove("hooks/old_guard.sh");
    files.put("hooks/lib/common.py", text("LIMIT = 2\n" + "# padding\n".repeat(2000)));
    files.put("hooks/guard.py", script("#!/usr/bin/env python3\nprint('new')\n"));
    files.put("commands/deploy.md", text("---\ndescription: Deploy\n---\nDeploy the second.\n"));
    files.put("commands/ops/ship.md", text("---\ndescription: Ship\n---\nShip it.\n"));
    files.put("commands/review.md", text("---\ndescription: Review\n---\nReview twice.\n"));
    files.put("settings.json", text(settings("guard.py")));
    return files;
  }

  private static Content script(String text) {
    return new Content(text, true);
  }

  private static Content text(String text) {
    return new Content(text, false);
  }

  private static String settings(String hook) {
    return """
        {
          "hooks": {
            "PreToolUse": [
              {
                "matcher": "Edit",
                "hooks": [
                  { "type": "command", "command": "python3 ~/.claude/hooks/%s" }
                ]
              }
            ]
          }
        }
        """
        .formatted(hook);
  }

  /** Puts both releases beside the user's home. */
  static void releases(Sandbox sandbox) throws IOException {
    write(sandbox, release(sandbox, "v1"), first());
    write(sandbox, release(sandbox, "v2"), second());
  }

  static Path release(Sandbox sandbox, String version) {
    return sandbox.root().resolve("releases").resolve(version);
  }

  private static void write(Sandbox sandbox, Path folder, Map<String, Content> files)
      throws IOException {
    for (Map.Entry<String, Content> file : files.entrySet()) {
      sandbox.write(folder.resolve(file.getKey()), file.getValue().bytes(), file.getValue().mode());
    }
  }

  /** A bundle with nothing in it but its manifest; the same bytes each time. */
  static byte[] plugin(String version) throws IOException {
    String manifest =
        "Manifest-Version: 1.0\r\nBundle-ManifestVersion: 2\r\n"
            + "Bundle-SymbolicName: chaos.plugin\r\nBundle-Version: "
            + version
            + "\r\n\r\n";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new ZipOutputStream(bytes)) {
      ZipEntry entry = new ZipEntry("META-INF/MANIFEST.MF");
      entry.setTime(0);
      jar.putNextEntry(entry);
      jar.write(manifest.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** What the user has of her own, in the targets and beside them. */
  static void usersFiles(Sandbox sandbox) throws IOException {
    Path claude = sandbox.claude();
    sandbox.write(claude.resolve("hooks/mine.sh"), text("#!/bin/sh\necho mine\n").bytes(), 0700);
    sandbox.write(claude.resolve("commands/mine.md"), "Do what I want.\n");
    sandbox.write(claude.resolve("settings.local.json"), "{\"model\": \"mine\"}\n");
    sandbox.write(claude.resolve("todos/today.json"), "[]\n");
    Files.createSymbolicLink(
        claude.resolve("hooks/dangling"), claude.getFileSystem().getPath("nowhere"));
  }

  /**
   * After the first release: one of its files moves to the user's dotfiles and is linked, another
   * one is changed, so that the second release is in conflict with it.
   */
  static void usersChanges(Sandbox sandbox) throws IOException {
    sandbox.write(
        sandbox.claude().resolve("commands/review.md"),
        "---\ndescription: Review\n---\nReview as I do.\n");
    Path file = sandbox.claude().resolve("commands/deploy.md");
    Path end = sandbox.userHome().resolve("dotfiles/deploy.md");
    Files.createDirectories(end.getParent());
    Files.move(file, end);
    Files.createSymbolicLink(file, file.getParent().relativize(end));
  }
}
