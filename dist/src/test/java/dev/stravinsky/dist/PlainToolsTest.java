package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.testkit.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing but {@code sha256sum} and {@code tar} is needed to get every file back. */
class PlainToolsTest {
  @TempDir Path temporary;

  @Test
  void backup_sumsAndTarAlone_giveEveryFileBack() throws Exception {
    User user = new User(temporary.resolve("home"));
    User.write(user.claude().resolve("hooks/own.sh"), "#!/bin/sh\n# mine\n");
    Files.createSymbolicLink(user.claude().resolve("hooks/link.sh"), Path.of("own.sh"));
    Files.createDirectory(user.claude().resolve("hooks/empty"));
    user.updates(User.soundRelease(temporary.resolve("one"), "one"), "v1");
    Path backup = user.backups().resolve("v1");
    Path rescue = Files.createDirectory(temporary.resolve("rescue"));

    Run restored =
        Run.of(
            user.variables(),
            Path.of("/bin/sh"),
            "-euc",
            "cd \"$1\"; sha256sum -c SHA256SUMS; for f in *.tar.gz; do tar -xzf $f -C \"$2\"; done",
            "sh",
            backup,
            rescue);

    assertThat(restored.status()).as(restored.toString()).isZero();
    SortedMap<String, String> expected = new TreeMap<>();
    user.files()
        .forEach(
            (path, state) -> {
              boolean top = path.equals("settings.json");
              int slash = path.indexOf('/');
              String target = top ? "settings" : slash < 0 ? path : path.substring(0, slash);
              String inside = top ? "/" + path : slash < 0 ? "" : path.substring(slash);
              if (!inside.isEmpty()) {
                expected.put(target + "/global" + inside, state);
              }
            });
    assertThat(Tree.of(rescue)).containsAllEntriesOf(expected);
    assertThat(Files.readString(backup.resolve("RESTORE.txt")))
        .contains("sha256sum -c", "tar -xzf");
  }
}
