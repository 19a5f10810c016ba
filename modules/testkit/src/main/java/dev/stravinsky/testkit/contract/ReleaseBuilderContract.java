package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseBuilder;
import dev.stravinsky.api.release.ReleaseBuilder.BuildRequest;
import dev.stravinsky.api.release.ReleaseBuilder.Built;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.testkit.ReleaseFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link ReleaseBuilder} promises. */
public abstract class ReleaseBuilderContract extends SandboxTest {
  private static final List<String> TARGETS = List.of("hooks", "commands", "settings", "skills");
  private static final String LONG = "a-name-of-fifty-letters-is-half-of-what-tar-takes-";

  @Test
  void build_folder_isOpenedAsTheSameRelease() throws IOException {
    ReleaseFolder folder = everything("team");

    Built built = build(folder.directory(), "v1");

    Release release = opened(built.output());
    assertThat(release.files()).isEqualTo(folder.release("v1").files());
    assertThat(release.version()).isEqualTo(new Version("v1"));
    assertThat(release.name()).isEqualTo("team");
    assertThat(release.ignored()).isEmpty();
    assertThat(built.files()).isEqualTo(release.files().size());
    assertThat(built.ignored()).containsExactly("README.md");
    assertThat(built.sizeBytes()).isEqualTo(Files.size(built.output()));
    assertThat(built.sha256()).isEqualTo(Sha256.of(Files.readAllBytes(built.output())));
    assertThat(built.written()).isTrue();
    assertNothingStaged(release);
  }

  @Test
  void build_description_isTakenOver() throws IOException {
    Path folder = folder("x").file("hooks/a", "A").directory();
    describe(
        folder,
        """
        {"format": 1, "name": "team-hooks", "version": "v7",
         "requires": {"commands": ["jq"]},
         "delete": ["hooks/old", {"path": "hooks/older", "sha256": ["%s"]}]}
        """
            .formatted("ab".repeat(32)));

    Built built = builder().build(request(folder, Optional.empty(), output("o")), Progress.NONE);

    Release release = opened(built.output());
    assertThat(release.name()).isEqualTo("team-hooks");
    assertThat(release.version()).isEqualTo(new Version("v7"));
    assertThat(release.requiredCommands()).containsExactly("jq");
    assertThat(release.deletes()).hasSize(2);
    assertThat(release.deletes().get(1).contents()).containsExactly(new Sha256("ab".repeat(32)));
  }

  @Test
  void build_sameFilesElsewhere_givesTheSameBytes() throws IOException {
    Path first = everything("one/team").directory();
    Path second = everything("two/team").directory();
    try (Stream<Path> all = Files.walk(second)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(each, FileTime.fromMillis(1_000_000_000_000L));
      }
    }

    Built one = build(first, "v1", output("1"));
    Built two = build(second, "v1", output("2"));

    assertThat(two.output()).hasSameBinaryContentAs(one.output());
    sandbox.withVariable("SOURCE_DATE_EPOCH", "1000000000");
    assertThat(build(second, "v1", output("3")).sha256()).isNotEqualTo(one.sha256());
    assertThat(opened(output("3")).files()).isEqualTo(opened(output("1")).files());
  }

  @Test
  void build_archiveOfItsOwn_givesTheSameBytes() throws IOException {
    Built built = build(everything("team").directory(), "v1", output("1"));

    Built again =
        builder().build(request(built.output(), Optional.empty(), output("2")), Progress.NONE);

    assertThat(again.sha256()).isEqualTo(built.sha256());
  }

  @Test
  void build_whatAnUpdateRefuses_isRefused() throws IOException {
    Path leads = folder("a").file("hooks/a", "A").link("hooks/out", "../../x").directory();
    Path empty = folder("b").directory();
    Path collides = folder("c").file("hooks/a", "A").directory();
    describe(
        collides,
        """
        {"format": 1, "version": "v1", "files": [{"path": "hooks/a", "sha256": "%s"}]}
        """
            .formatted("ab".repeat(32)));

    for (Path each : List.of(leads, empty, collides)) {
      assertThatThrownBy(() -> build(each, "v1")).isInstanceOf(RefusedException.class);
    }
    assertThatThrownBy(() -> build(sandbox.root().resolve("nowhere"), "v1"))
        .isInstanceOf(NotFoundException.class);
    assertThat(output("o")).doesNotExist();
    assertNothingStaged();
  }

  @Test
  void build_again_doesNothing() throws IOException {
    Path folder = everything("team").directory();
    Built first = build(folder, "v1");

    Built second = build(folder, "v1");

    assertThat(second.written()).isFalse();
    assertThat(second.sha256()).isEqualTo(first.sha256());
    assertThat(names(output("o").getParent())).containsExactly("o");
  }

  @Test
  void build_anotherFileIsThere_isReplacedOnlyIfAsked() throws IOException {
    Path folder = everything("team").directory();
    sandbox.write(output("o"), "mine");

    assertThatThrownBy(() -> build(folder, "v1"))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("another file");
    assertThat(output("o")).hasContent("mine");
    assertThat(names(output("o").getParent())).containsExactly("o");

    ReleaseRequest source = source(folder, Optional.of(new Version("v1")));
    builder()
        .build(new BuildRequest(source, Optional.empty(), output("o"), true, false), Progress.NONE);
    assertThat(opened(output("o")).version()).isEqualTo(new Version("v1"));
  }

  @Test
  void build_outputIsNoFile_isNeverReplaced() throws IOException {
    Path folder = everything("team").directory();
    Path mine = sandbox.write(sandbox.root().resolve("mine"), "mine");
    Files.createDirectories(output("directory"));
    Files.createSymbolicLink(output("link"), mine);
    ReleaseRequest source = source(folder, Optional.of(new Version("v1")));

    for (Path each : List.of(output("directory"), output("link"))) {
      var request = new BuildRequest(source, Optional.empty(), each, true, false);
      assertThatThrownBy(() -> builder().build(request, Progress.NONE))
          .isInstanceOf(RefusedException.class);
    }
    assertThat(mine).hasContent("mine");
    assertThat(names(output("o").getParent())).containsExactlyInAnyOrder("directory", "link");
  }

  @Test
  void build_dryRun_saysTheSameAndLeavesNothing() throws IOException {
    Path folder = everything("team").directory();
    ReleaseRequest source = source(folder, Optional.of(new Version("v1")));

    Built would =
        builder()
            .build(
                new BuildRequest(source, Optional.empty(), output("o"), false, true),
                Progress.NONE);

    assertThat(names(output("o").getParent())).isEmpty();
    assertNothingStaged();
    Built real = build(folder, "v1");
    assertThat(would.sha256()).isEqualTo(real.sha256());
    assertThat(would.written()).isFalse();
    sandbox.write(output("o"), "mine");
    assertThatThrownBy(
            () ->
                builder()
                    .build(
                        new BuildRequest(source, Optional.empty(), output("o"), false, true),
                        Progress.NONE))
        .isInstanceOf(RefusedException.class);
  }

  @Test
  void build_name_isTheAskedTheOwnOrTheFolders() throws IOException {
    Path plain = folder("team").file("hooks/a", "A").directory();
    Path hidden = folder("project/.claude").file("hooks/a", "A").directory();
    Path named = folder("other").file("hooks/a", "A").directory();
    describe(named, "{\"format\": 1, \"name\": \"own\"}");

    assertThat(build(plain, "v1", output("1")).name()).isEqualTo("team");
    assertThat(build(hidden, "v1", output("2")).name()).isEqualTo("project");
    assertThat(build(named, "v1", output("3")).name()).isEqualTo("own");
    ReleaseRequest source = source(named, Optional.of(new Version("v1")));
    BuildRequest asked = new BuildRequest(source, Optional.of("asked"), output("4"), false, false);
    assertThat(builder().build(asked, Progress.NONE).name()).isEqualTo("asked");
    assertThat(opened(output("4")).name()).isEqualTo("asked");
    BuildRequest blank = new BuildRequest(source, Optional.of(" "), output("5"), false, false);
    assertThatThrownBy(() -> builder().build(blank, Progress.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("release of");
  }

  @Test
  void build_whatIsMissing_isSaid() throws IOException {
    Path folder = folder("team").file("hooks/a", "A").directory();

    assertThatThrownBy(
            () -> builder().build(request(folder, Optional.empty(), output("o")), Progress.NONE))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("which version");
    Path far = output("no").resolve("such").resolve("folder");
    assertThatThrownBy(() -> build(folder, "v1", far)).isInstanceOf(NotFoundException.class);
    sandbox.withVariable("SOURCE_DATE_EPOCH", "yesterday");
    assertThatThrownBy(() -> build(folder, "v1"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("yesterday");
    assertNothingStaged();
  }

  private ReleaseFolder everything(String name) throws IOException {
    ReleaseFolder folder =
        folder(name)
            .file("settings.json", "{}")
            .file("hooks/run.sh", "#!/bin/sh\n", 0755)
            .file("hooks/empty", "")
            .file("hooks/block", "x".repeat(512), 0600)
            .file("commands/" + LONG + LONG + "/" + LONG + ".md", "long")
            .file("commands/é 1.md", "not ASCII")
            .link("hooks/current.sh", "run.sh")
            .link("skills/deep/up", "../" + LONG + "/" + LONG + "/" + LONG)
            .file("skills/" + LONG + "/" + LONG + "/" + LONG, "end");
    sandbox.write(folder.directory().resolve("README.md"), "ignored");
    return folder;
  }

  private ReleaseFolder folder(String name) throws IOException {
    return ReleaseFolder.in(sandbox, sandbox.root().resolve("sources").resolve(name));
  }

  private void describe(Path folder, String json) throws IOException {
    sandbox.write(folder.resolve("release.json"), json);
  }

  private Path output(String name) throws IOException {
    return Files.createDirectories(sandbox.root().resolve("out")).resolve(name);
  }

  private Built build(Path folder, String version) throws IOException {
    return build(folder, version, output("o"));
  }

  private Built build(Path folder, String version, Path output) throws IOException {
    return builder()
        .build(request(folder, Optional.of(new Version(version)), output), Progress.NONE);
  }

  private static BuildRequest request(Path folder, Optional<Version> version, Path output) {
    return new BuildRequest(source(folder, version), Optional.empty(), output, false, false);
  }

  private static ReleaseRequest source(Path folder, Optional<Version> version) {
    return new ReleaseRequest(folder.toString(), version, TARGETS);
  }

  private ReleaseBuilder builder() {
    return sandbox.services().releaseBuilder();
  }

  private Release opened(Path archive) throws IOException {
    return sandbox.services().releases().open(source(archive, Optional.empty()), Progress.NONE);
  }

  private void assertNothingStaged(Release... but) throws IOException {
    List<String> opened =
        Stream.of(but).map(r -> r.directory().getParent().getFileName().toString()).toList();
    Path staging = sandbox.home().staging();
    assertThat(Files.isDirectory(staging) ? names(staging) : List.<String>of())
        .containsExactlyInAnyOrderElementsOf(opened);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }
}
