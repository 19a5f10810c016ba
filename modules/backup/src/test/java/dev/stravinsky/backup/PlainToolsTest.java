package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backup is worth something without this program: sha256sum and tar get every file back. */
class PlainToolsTest extends BackupContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  private void grow(long seed, boolean anyBytes) throws IOException {
    System.out.println("seed " + seed);
    Files.createDirectories(hooks());
    SampleTree.grow(hooks(), new Random(seed), 60, anyBytes);
  }

  @Test
  void restoreGuide_followedWordByWord_bringsEveryFileBack() throws IOException {
    grow(System.nanoTime(), true);
    someFiles();
    String before = Shell.tree(hooks());
    Backup backup = backUp("v1");
    Shell.run(sandbox.claude(), List.of("rm", "-r", "hooks", "settings.json"));

    String guide = Files.readString(backup.directory().resolve("RESTORE.txt"));
    String script =
        guide
            .substring(0, guide.indexOf("Or unpack"))
            .lines()
            .filter(line -> line.startsWith("    "))
            .collect(Collectors.joining("\n"));
    Shell.Result result = Shell.run(sandbox.root(), List.of("sh", "-ec", script));

    assertThat(result.status()).as(script + "\n" + result.output()).isZero();
    assertThat(result.output()).contains("hooks.tar.gz: OK").contains("manifest.json: OK");
    assertThat(Shell.tree(hooks())).isEqualTo(before);
    assertThat(sandbox.claude().resolve("settings.json")).hasContent("{\"env\": {}}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tar | tar -xzf \"$1\" -C \"$2\"",
        "bsdtar | LC_ALL=C.UTF-8 bsdtar -xpf \"$1\" -C \"$2\"",
        "busybox | busybox tar -xzf \"$1\" -C \"$2\"",
        "python3 | python3 -c 'import sys,tarfile; tarfile.open(sys.argv[1], \"r:gz\")"
            + ".extractall(sys.argv[2], filter=\"fully_trusted\")' \"$1\" \"$2\"",
      })
  void archive_anyTarProgram_unpacksTheSameTree(String program, String command) throws IOException {
    assumeTrue(Shell.has(program), program + " is not on this machine");
    // Busybox reads no PAX records: to it go names that tar's own fields hold, and whole seconds.
    if (program.equals("busybox")) {
      someFiles();
      Shell.run(hooks(), List.of("sh", "-c", "find . -type f -exec touch -d @1700000000 {} +"));
    } else {
      grow(System.nanoTime(), false);
    }
    Backup backup = backUp("v1");
    Path out = Files.createDirectory(sandbox.root().resolve("out"));

    String archive = backup.directory().resolve("hooks.tar.gz").toString();
    Shell.Result result =
        Shell.run(sandbox.root(), List.of("sh", "-ec", command, "sh", archive, out.toString()));

    assertThat(result.status()).as(result.output()).isZero();
    // Python keeps times as floating-point numbers.
    boolean nanoseconds = !program.equals("python3");
    assertThat(Shell.tree(out.resolve("hooks/global"), nanoseconds))
        .isEqualTo(Shell.tree(hooks(), nanoseconds));
  }

  @Test
  void archive_comparedByTar_noDifference() throws IOException {
    grow(System.nanoTime(), true);
    Backup backup = backUp("v1");

    Shell.Result result =
        Shell.run(
            hooks(),
            List.of(
                "tar",
                "--compare",
                "--strip-components=2",
                "-zf",
                backup.directory().resolve("hooks.tar.gz").toString(),
                "hooks/global"));

    String differences =
        result
            .output()
            .lines()
            // Hard links are compared by the name in the archive, which is not that on the disk.
            .filter(line -> !line.contains("Not linked to") && !line.contains("hdrcharset"))
            .collect(Collectors.joining("\n"));
    assertThat(differences).isEmpty();
  }

  @Test
  void archive_count_isThatOfTheManifest() throws IOException {
    grow(7, false);
    Backup backup = backUp("v1");

    Shell.Result listing =
        Shell.run(
            backup.directory(),
            List.of("sh", "-c", "tar --quoting-style=escape -tzf hooks.tar.gz | wc -l"));

    long count =
        backup.manifest().archives().stream()
            .filter(a -> a.path().equals("hooks.tar.gz"))
            .findFirst()
            .orElseThrow()
            .filesCount();
    assertThat(Long.parseLong(listing.output().strip())).isEqualTo(count);
    assertThat(store().verify(backup, new Depth.Unpacked(), Progress.NONE).damage()).isEmpty();
  }

  @Test
  void archives_sameTreeTwice_sameBytes() throws IOException {
    grow(11, true);
    Backup first = backUp("v1");
    Path other = sandbox.root().resolve("kept");
    Files.move(first.directory(), other);

    Backup second = backUp("v2");

    assertThat(second.directory().resolve("hooks.tar.gz"))
        .hasSameBinaryContentAs(other.resolve("hooks.tar.gz"));
  }
}
