package dev.stravinsky.backup;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.backup.TarHeader.Owner;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.BackupContract;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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

  /** What every program makes of it is compared by {@link PlainTools}. */
  @Test
  void archive_everyKindOfEntry_isReadAlikeByEveryProgram() throws IOException {
    grow(System.nanoTime(), true);
    String script =
        """
        mkdir -p empty/deeper sticky; chmod 1777 sticky; chmod 0711 empty
        printf x >setuid; chmod 4755 setuid; printf x >setgid; chmod 2750 setgid
        ln setuid second-name; ln -s nowhere dangling; ln -s "$(printf 'no\\377text')" bytes
        touch -d '1950-01-02 03:04:05.000000001' setgid; touch -d @0 empty
        touch -h -d '2001-02-03 04:05:06.7' dangling
        if [ "$(id -u)" = 0 ]; then
          printf x >theirs; chown 4000000000:3000000 theirs; chown -h 12:34 dangling
        fi
        i=0; while [ $i -lt 400 ]; do printf $i >many$i; i=$((i + 1)); done
        """;
    Shell.Result made = Shell.run(hooks(), List.of("sh", "-ec", script));
    assertThat(made.status()).as(made.output()).isZero();

    Backup backup = backUp("v1");

    assertThat(store().verify(backup, new Depth.Unpacked(), Progress.NONE).damage()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tar | tar -tvf \"$1\"",
        "bsdtar | bsdtar -tvf \"$1\"",
        "busybox | busybox tar -tvf \"$1\"",
        "python3 | python3 -m tarfile -v -l \"$1\"",
      })
  void header_fileOfMoreThanEightGigabytes_isReadByEveryProgram(String program, String command)
      throws IOException {
    assumeTrue(Shell.has(program), program + " is not on this machine");
    long size = 9_000_000_000L;
    TarHeader large =
        new TarHeader(
            "hooks/global/large", TarHeader.FILE, 0644, size, Instant.EPOCH, "", Owner.NOBODY);
    TarHeader next =
        new TarHeader(
            "hooks/global/next", TarHeader.FILE, 0644, 0, Instant.EPOCH, "", Owner.NOBODY);
    Path tar = sandbox.root().resolve("large.tar");
    try (FileChannel out = FileChannel.open(tar, CREATE_NEW, WRITE)) {
      // The content is a hole in the file, which every program leaps over.
      out.write(ByteBuffer.wrap(TarHeaderWriter.bytes(large)));
      out.position(out.position() + TarHeader.padded(size));
      out.write(ByteBuffer.wrap(TarHeaderWriter.bytes(next)));
      out.write(ByteBuffer.allocate(TarHeader.END_BYTES));
    }

    Shell.Result result =
        Shell.run(sandbox.root(), List.of("sh", "-ec", command, "sh", tar.toString()));

    assertThat(result.status()).as(result.output()).isZero();
    assertThat(result.output()).contains("" + size).contains("hooks/global/next");
  }

  /** What {@code package-info} says that busybox loses, and nothing else. */
  @Test
  void archive_unpackedByBusybox_losesTimesThatOnlyPaxRecordsHold() throws IOException {
    assumeTrue(Shell.has("busybox"), "busybox is not on this machine");
    Path file = hooks().resolve("é".repeat(100));
    sandbox.write(file, "a long name");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00.9Z")));
    sandbox.write(hooks().resolve("old"), "");
    Files.setLastModifiedTime(
        hooks().resolve("old"), FileTime.from(Instant.parse("1950-01-01T00:00:00Z")));
    Files.createSymbolicLink(hooks().resolve("link"), Path.of("t".repeat(130)));
    Backup backup = backUp("v1");
    Path out = Files.createDirectory(sandbox.root().resolve("out"));

    String archive = backup.directory().resolve("hooks.tar.gz").toString();
    Shell.Result result =
        Shell.run(out, List.of("sh", "-ec", "busybox tar -xzf \"$1\"", "sh", archive));

    Path there = out.resolve("hooks/global");
    assertThat(result.status()).as(result.output()).isZero();
    assertThat(Files.readSymbolicLink(there.resolve("link"))).hasToString("t".repeat(130));
    assertThat(Files.getLastModifiedTime(there.resolve("é".repeat(100))).toInstant())
        .isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(Files.getLastModifiedTime(there.resolve("old")).toInstant())
        .isEqualTo(Instant.EPOCH);
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
