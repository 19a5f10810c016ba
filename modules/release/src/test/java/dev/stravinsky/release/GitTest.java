package dev.stravinsky.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.DownloadFailedException;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.release.transport.GitArchives;
import dev.stravinsky.testkit.ReleaseFolder;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.SandboxTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories as releases: checked out, and fetched by git. */
class GitTest extends SandboxTest {
  private static final String ATTRIBUTES_OF_NONE =
      "* -text !filter !ident !working-tree-encoding\n";

  private Path repository;
  private ReleaseFolder first;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  @BeforeEach
  void commit() throws Exception {
    repository = sandbox.root().resolve("my repository");
    first =
        ReleaseFolder.in(sandbox, repository)
            .file("hooks/a.sh", "#!/bin/sh\n", 0755)
            .file("settings.json", "{}")
            .link("hooks/l", "a.sh");
    sandbox.write(repository.resolve("README.md"), "no part of it");
    git("init", "-q", "-b", "main", ".");
    git("add", ".");
    git("commit", "-q", "-m", "one");
    git("tag", "v1");
  }

  @Test
  void open_refsOfARepository_areTheFilesCommittedThere() throws Exception {
    sandbox.write(repository.resolve("hooks/a.sh"), "changed");
    git("commit", "-q", "-a", "-m", "two");
    sandbox.write(repository.resolve("hooks/a.sh"), "not committed");

    Release tagged = opened("git+" + repository + "#v1");

    assertThat(tagged.files()).isEqualTo(first.release("v1").files());
    assertThat(tagged.ignored()).contains("README.md");
    for (String ref : List.of("", "#main", "#HEAD", "#" + git("rev-parse", "HEAD"))) {
      assertThat(content(opened("git+file://" + repository.toString().replace(" ", "%20") + ref)))
          .as(ref)
          .isEqualTo("changed");
    }
    sandbox.workIn(repository.getParent());
    assertThat(content(opened("git+./my repository#v1"))).isEqualTo("#!/bin/sh\n");
  }

  @Test
  void open_attributesHooksAndFilters_haveNoPartInIt() throws Exception {
    Path ran = sandbox.root().resolve("ran");
    sandbox.write(repository.resolve(".gitattributes"), "* filter=evil\n");
    git("config", "filter.evil.smudge", "touch '" + ran + "'");
    for (String hook : List.of("post-checkout", "post-upload-pack", "reference-transaction")) {
      sandbox.write(
          repository.resolve(".git/hooks/" + hook),
          ("#!/bin/sh\ntouch '" + ran + "'\n").getBytes(),
          0755);
    }
    git("add", ".gitattributes");
    git("-c", "core.hooksPath=/dev/null", "commit", "-q", "-m", "two");
    Files.deleteIfExists(ran);

    assertThat(opened("git+" + repository).files()).hasSize(3);
    assertThat(ran).doesNotExist();
  }

  @Test
  void open_filtersAndLineEndsOfTheUsersSettings_changeNoFile() throws Exception {
    Path ran = sandbox.root().resolve("ran");
    Path settings = sandbox.root().resolve("gitconfig");
    sandbox.write(
        settings,
        "[core]\n autocrlf = true\n[filter \"evil\"]\n required = true\n smudge = touch '"
            + ran
            + "'; cat\n");
    sandbox.withVariable("GIT_CONFIG_GLOBAL", settings.toString());
    byte[] committed = "#!/bin/sh\n# $Id$ \u00e9\n".getBytes(StandardCharsets.UTF_8);
    sandbox.write(repository.resolve("hooks/a.sh"), committed, 0755);
    sandbox.write(
        repository.resolve(".gitattributes"),
        "* filter=evil ident text eol=crlf working-tree-encoding=UTF-16\n");
    // Committed while no attribute counts, since git would change it on the way in too.
    sandbox.write(repository.resolve(".git/info/attributes"), ATTRIBUTES_OF_NONE);
    git("add", ".gitattributes");
    git("commit", "-q", "-a", "-m", "two");

    Release release = opened("git+" + repository);

    assertThat(Files.readAllBytes(release.content(release.files().getFirst())))
        .isEqualTo(committed);
    assertThat(ran).doesNotExist();
  }

  @Test
  void open_bySsh_isThatOfTheUsersSettings() throws Exception {
    Path settings = sandbox.root().resolve("gitconfig");
    Path ssh = sandbox.root().resolve("my-ssh");
    sandbox.write(ssh, "#!/bin/sh\necho \"by my own ssh\" >&2\nexit 1\n".getBytes(), 0755);
    sandbox.withVariable("GIT_CONFIG_GLOBAL", settings.toString());

    sandbox.write(settings, "[core]\n sshCommand = '" + ssh + "'\n");
    assertThatThrownBy(() -> opened("git+ssh://example.invalid/x"))
        .hasMessageContaining("by my own ssh");
    sandbox.write(settings, "");
    sandbox.withVariable("GIT_SSH", ssh.toString());
    assertThatThrownBy(() -> opened("git+example.invalid:x")).hasMessageContaining("by my own ssh");
  }

  @Test
  void open_variablesOfAnotherRepository_areNotObeyed() throws Exception {
    sandbox.withVariable("GIT_DIR", sandbox.root().resolve("elsewhere").toString());
    sandbox.withVariable("GIT_INDEX_FILE", "/nowhere/index");
    sandbox.withVariable("GIT_OBJECT_DIRECTORY", "/nowhere");

    assertThat(opened("git+" + repository + "#v1").files()).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "git+--upload-pack=touch RAN#v1",
        "git+-u#v1",
        "git+ext::sh -c touch% RAN#v1",
        "git+ext::sh -c touch% RAN",
        "git+ssh://-oProxyCommand=touch RAN/x#v1",
        "git+-oProxyCommand=touch RAN:x#v1",
        "git+REPOSITORY#--upload-pack=touch RAN",
        "git+REPOSITORY#--output=RAN",
        "git+REPOSITORY#+v1:refs/heads/x",
        "git+REPOSITORY#v1:x",
        "git+REPOSITORY#a..b",
        "git+REPOSITORY#",
        "git+ftp://example.org/x",
        "git+",
        "git+REPOSITORY\n#v1",
      })
  void open_optionsAndPrograms_areNotTakenForAPlace(String location) throws IOException {
    Path ran = sandbox.root().resolve("ran");
    String typed =
        location.replace("RAN", ran.toString()).replace("REPOSITORY", repository.toString());

    assertThatThrownBy(() -> opened(typed))
        .isInstanceOfAny(UsageException.class, DownloadFailedException.class);
    assertThat(ran).doesNotExist();
    assertNothingStaged();
  }

  @Test
  void open_noSuchRefOrRepository_isSaidInGitsWords() throws IOException {
    assertThatThrownBy(() -> opened("git+" + repository + "#v9"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("v9");
    assertThatThrownBy(() -> opened("git+/nowhere/at/all"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("/nowhere/at/all");
    assertThatThrownBy(() -> opened("git+http://me:secret@127.0.0.1:1/x"))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageNotContaining("secret");
    assertNothingStaged();
  }

  @Test
  void open_withoutGit_saysSo() throws IOException {
    sandbox.withVariable("PATH", sandbox.root().resolve("empty").toString());

    assertThatThrownBy(() -> opened("git+" + repository))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("git is not on the PATH");
  }

  @Test
  void fetch_largerThanTheLimit_isRefused() throws IOException {
    Path workspace = Files.createDirectories(sandbox.root().resolve("workspace"));
    GitArchives archives = new GitArchives(sandbox.environment(), Duration.ofSeconds(20));

    assertThatThrownBy(() -> archives.fetch("git+" + repository, 5000, workspace, Progress.NONE))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("larger than 5000 bytes");
  }

  @Test
  void fetch_gitThatHangs_isGivenUp() throws IOException {
    Path program = sandbox.binaries().resolve("git");
    sandbox.write(
        program,
        "#!/bin/sh\ncase \"$*\" in *\" fetch \"*) exec sleep 60;; *\" init \"*) mkdir \"$GIT_DIR\";; esac\n"
            .getBytes(),
        0755);
    Path workspace = Files.createDirectories(sandbox.root().resolve("workspace"));
    GitArchives archives = new GitArchives(sandbox.environment(), Duration.ofMillis(300));

    assertThatThrownBy(() -> archives.fetch("git+" + repository, 5000, workspace, Progress.NONE))
        .isInstanceOf(DownloadFailedException.class)
        .hasMessageContaining("nothing came");
  }

  @Test
  void open_checkedOut_repositoriesThemselvesAreNoPart() throws Exception {
    Path inner = repository.resolve("hooks");
    Files.createDirectories(inner.resolve(".git/hooks"));
    sandbox.write(inner.resolve(".git/hooks/post-checkout"), "evil");
    sandbox.write(inner.resolve("sub/.git"), "gitdir: elsewhere");
    sandbox.write(inner.resolve("sub/.GIT/config"), "evil");

    Release release = opened(repository.toString());

    assertThat(release.files()).isEqualTo(first.release("v1").files());
    assertThat(release.ignored()).contains("hooks/sub/.git");
    Path around = Files.createDirectories(sandbox.root().resolve("around"));
    Files.createDirectories(around.resolve(".git"));
    Files.move(repository, around.resolve("inner"));
    assertThat(opened(around.toString()).files()).hasSize(3);
  }

  private Release opened(String location) throws IOException {
    return sandbox
        .services()
        .releases()
        .open(
            new ReleaseRequest(
                location, Optional.of(new Version("v1")), List.of("hooks", "settings")),
            Progress.NONE);
  }

  private static String content(Release release) throws IOException {
    return Files.readString(release.content(release.files().getFirst()));
  }

  private void assertNothingStaged() throws IOException {
    Path staging = sandbox.home().staging();
    if (Files.isDirectory(staging)) {
      try (Stream<Path> staged = Files.list(staging)) {
        assertThat(staged).isEmpty();
      }
    }
  }

  private String git(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@example.org"));
    command.addAll(List.of(arguments));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(repository.toFile())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "there is no git");
      return "";
    }
    String output = new String(process.getInputStream().readAllBytes()).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
