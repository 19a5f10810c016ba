package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Two releases and the configuration between them. The second one changes, creates and deletes
 * files, makes one executable, and its settings name a hook that the first does not have, and no
 * longer the one that goes. The user has files of her own, a dangling link, and keeps one of the
 * release's commands in her dotfiles.
 */
final class TwoReleases {
  static final String FIRST = "v1";
  static final String SECOND = "v2";

  private static final String LINKED = "commands/deploy.md";

  private final Path folder;
  private final int parts;

  /**
   * Writes both.
   *
   * @param parts how many small files there are beside the usual dozen, changed by the second
   */
  TwoReleases(Path folder, int parts) throws IOException {
    this.folder = folder;
    this.parts = parts;
    common(first(), "one", "legacy/guard.sh");
    User.write(first().resolve("hooks/legacy/guard.sh"), "#!/bin/sh\n# goes away\n");
    common(second(), "two", "fresh.sh");
    User.write(second().resolve("hooks/fresh.sh"), "#!/bin/sh\n# came\n");
    User.write(second().resolve("commands/ops/ship.md"), prompt("Ship", "two"));
    Files.setPosixFilePermissions(
        first().resolve("hooks/notify.sh"), PosixFilePermissions.fromString("rw-r--r--"));
  }

  private void common(Path release, String edition, String hook) throws IOException {
    User.write(release.resolve("hooks/guard.py"), "EDITION = \"" + edition + "\"\n");
    User.write(release.resolve("hooks/format.sh"), "#!/bin/sh\n# " + edition + "\nexit 0\n");
    User.write(release.resolve("hooks/notify.sh"), "#!/bin/sh\n# the same in both\n");
    User.write(release.resolve("hooks/README.md"), "The same in both.\n");
    User.write(release.resolve("hooks/lib/table.txt"), (edition + "\n").repeat(5000));
    User.write(release.resolve("commands/review.md"), prompt("Review", edition));
    User.write(release.resolve(LINKED), prompt("Deploy", edition));
    User.write(
        release.resolve("agents/tester.md"),
        "---\nname: tester\ndescription: Tests, " + edition + "\n---\nTest.\n");
    User.write(release.resolve("settings.json"), User.settings(edition, hook));
    for (int i = 0; i < parts; i++) {
      User.write(release.resolve("hooks/lib/part" + i + ".txt"), edition + i + "\n");
    }
  }

  private static String prompt(String name, String edition) {
    return "---\ndescription: " + name + ", edition " + edition + "\n---\n" + name + ".\n";
  }

  Path first() {
    return folder.resolve("one");
  }

  Path second() {
    return folder.resolve("two");
  }

  /** Installs the first, then puts the user's own things beside it. */
  void install(User user) throws IOException, InterruptedException {
    Run run = user.updates(first(), FIRST);
    assertThat(run.status()).as(run.toString()).isZero();
    Path claude = user.claude();
    User.write(claude.resolve("hooks/mine.sh"), "#!/bin/sh\n# mine\n");
    User.write(claude.resolve("commands/mine.md"), "Do what I want.\n");
    User.write(claude.resolve("settings.local.json"), "{\"model\": \"mine\"}\n");
    Files.createSymbolicLink(claude.resolve("hooks/dangling"), Path.of("nowhere"));
    Path dotfiles = Files.createDirectories(user.dotfiles());
    Files.move(claude.resolve(LINKED), dotfiles.resolve("deploy.md"));
    Files.createSymbolicLink(claude.resolve(LINKED), Path.of("../../dotfiles/deploy.md"));
  }

  /** What the second release makes of the old state: worked out from its files alone. */
  SortedMap<String, String> expected(SortedMap<String, String> old) throws IOException {
    SortedMap<String, String> fresh = new TreeMap<>(old);
    Tree.of(first()).forEach((path, what) -> fresh.remove(".claude/" + path));
    Tree.of(second()).forEach((path, what) -> fresh.put(".claude/" + path, Live.plain(what)));
    fresh.put("dotfiles/deploy.md", fresh.get(".claude/" + LINKED));
    fresh.put(".claude/" + LINKED, old.get(".claude/" + LINKED));
    return fresh;
  }
}
