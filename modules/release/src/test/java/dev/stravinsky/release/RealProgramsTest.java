package dev.stravinsky.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseBuilder.BuildRequest;
import dev.stravinsky.api.release.ReleaseFile;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.testkit.ReleaseFolder;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Archives that the programs people use have made. */
class RealProgramsTest extends SandboxTest {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  @Test
  void tar_everyFormat_isReadAsTheFolder() throws Exception {
    for (String format : List.of("gnu", "pax", "ustar", "v7")) {
      ReleaseFolder folder = folder("tar-" + format, !format.equals("v7"));
      Path archive = sandbox.root().resolve(format + ".bin");
      run(folder.directory(), "tar", "-czf", archive.toString(), "--format=" + format, ".");

      assertThat(opened(archive)).as(format).isEqualTo(folder.release("v1").files());
    }
  }

  @Test
  void tar_ofTheFolderItself_isReadAsTheFolder() throws Exception {
    ReleaseFolder folder = folder("around", false);
    Path archive = sandbox.root().resolve("around.tgz");
    run(folder.directory().getParent(), "tar", "-czf", archive.toString(), "around");

    assertThat(opened(archive)).isEqualTo(folder.release("v1").files());
  }

  @Test
  void zip_byInfoZip_isReadAsTheFolder() throws Exception {
    ReleaseFolder folder = folder("zip", true);
    Path archive = sandbox.root().resolve("zip.bin");
    run(folder.directory(), "zip", "-q", "-r", "-y", archive.toString(), ".");
    Path named = sandbox.root().resolve("zip.bin.zip");

    assertThat(opened(Files.exists(archive) ? archive : named))
        .isEqualTo(folder.release("v1").files());
  }

  @Test
  void zip_byPython_isReadAsTheFolder() throws Exception {
    ReleaseFolder folder = folder("python", false);
    Path archive = sandbox.root().resolve("python.zip");
    run(
        folder.directory(),
        "python3",
        "-m",
        "zipfile",
        "-c",
        archive.toString(),
        "hooks",
        "settings.json");

    List<ReleaseFile> expected =
        folder.release("v1").files().stream().filter(f -> !f.target().equals("skills")).toList();
    assertThat(opened(archive)).isEqualTo(expected);
  }

  @Test
  void git_archive_isReadAsTheFolder() throws Exception {
    ReleaseFolder folder = ReleaseFolder.in(sandbox, sandbox.root().resolve("git"));
    folder.file("hooks/a.sh", "#!/bin/sh\n", 0755).file("settings.json", "{}", 0644);
    run(folder.directory(), "git", "init", "-q", ".");
    run(folder.directory(), "git", "add", ".");
    run(
        folder.directory(),
        "git",
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@example.org",
        "commit",
        "-q",
        "-m",
        "m");
    Path archive = sandbox.root().resolve("git.tgz");
    run(
        folder.directory(),
        "git",
        "-c",
        "tar.umask=0022",
        "archive",
        "--prefix=mine-1/",
        "-o",
        archive.toString(),
        "HEAD");

    assertThat(opened(archive)).isEqualTo(folder.release("v1").files());
    // A checked-out project as it is: .git is nothing of the release.
    assertThat(opened(folder.directory())).isEqualTo(folder.release("v1").files());
  }

  @Test
  void build_archive_isUnpackedByEveryProgramAsTheFolder() throws Exception {
    ReleaseFolder folder =
        folder("built", true)
            .file("skills/" + "d".repeat(80) + "/" + "n".repeat(80), "long")
            .link("skills/" + "l".repeat(120), "d".repeat(120));
    Path archive = sandbox.root().resolve("built.tar.gz");
    sandbox
        .services()
        .releaseBuilder()
        .build(
            new BuildRequest(request(folder.directory()), Optional.empty(), archive, false, false),
            Progress.NONE);

    List<List<String>> programs =
        List.of(
            List.of("tar", "-xpzf"),
            List.of("bsdtar", "-xpzf"),
            List.of("busybox", "tar", "-xpzf"),
            List.of("python3", "-m", "tarfile", "-e"));
    int tried = 0;
    for (List<String> program : programs) {
      Path into = Files.createDirectories(sandbox.root().resolve("by-" + tried++));
      List<String> command = new ArrayList<>(program);
      command.add(archive.toString());
      run(into, command.toArray(String[]::new));

      // Python's own filter takes the bits away that others could write by.
      assertThat(Files.isRegularFile(into.resolve("release.json"))).isTrue();
      assertThat(opened(into)).as("%s", program).isEqualTo(folder.release("v1").files());
    }
  }

  private ReleaseFolder folder(String name, boolean withOddNames) throws IOException {
    ReleaseFolder folder =
        ReleaseFolder.in(sandbox, sandbox.root().resolve(name))
            .file("hooks/a b.sh", "#!/bin/sh\n", 0755)
            .file("hooks/deep/er/x.py", "print(1)\n".repeat(5000), 0640)
            .file("settings.json", "{}", 0600)
            .file("skills/" + "n".repeat(withOddNames ? 90 : 20) + "/SKILL.md", "# s\n");
    return withOddNames
        ? folder.file("hooks/caf\u00e9", "", 0644).link("hooks/current", "a b.sh")
        : folder;
  }

  private List<ReleaseFile> opened(Path location) throws IOException {
    Release release = sandbox.services().releases().open(request(location), Progress.NONE);
    return release.files();
  }

  private static ReleaseRequest request(Path location) {
    return new ReleaseRequest(
        location.toString(),
        Optional.of(new Version("v1")),
        List.of("hooks", "skills", "settings"));
  }

  private static void run(Path directory, String... command) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "there is no " + command[0]);
      return;
    }
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
  }
}
