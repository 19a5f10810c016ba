package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseFile;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.api.release.Releases;
import dev.stravinsky.testkit.ReleaseFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every {@link Releases} does with folders, and with what it keeps. */
public abstract class ReleasesContract extends SandboxTest {
  /** The names of the targets that the suite's releases are for. */
  protected static final List<String> TARGETS =
      List.of("hooks", "commands", "settings", "agents", "skills", "CLAUDE.md", "mytool");

  private static final Version V1 = new Version("v1");

  @Test
  void open_folderWithoutDescription_hasEveryFileOfTheTargets() throws IOException {
    ReleaseFolder folder =
        folder("r")
            .file("hooks/guard.py", "print(1)\n", 0755)
            .file("skills/pdf/SKILL.md", "# pdf\n")
            .file("settings.json", "{}")
            .file("CLAUDE.md", "read me")
            .file("mytool/deep/er/x.conf", "a=1\n", 0600)
            .link("hooks/current.py", "guard.py");
    sandbox.write(folder.directory().resolve("README.md"), "ignored");
    sandbox.write(folder.directory().resolve("docs/x.md"), "ignored");

    Release release = open(folder.directory(), Optional.of(V1));

    assertThat(release.files()).isEqualTo(folder.release("v1").files());
    assertThat(release.version()).isEqualTo(V1);
    assertThat(release.ignored()).containsExactlyInAnyOrder("README.md", "docs/");
    assertContents(release);
    assertThat(release.directory()).startsWith(sandbox.home().staging());
  }

  @Test
  void open_noVersionAnywhere_asksForOne() throws IOException {
    Path folder = folder("r").file("hooks/a", "A").directory();

    assertFailure(() -> open(folder, Optional.empty()), UsageException.class, "which version");
  }

  @Test
  void open_versionIsNotTheReleasesOwn_isRefused() throws IOException {
    Path folder = folder("r").file("hooks/a", "A").directory();
    describe(folder, "{\"format\":1,\"name\":\"n\",\"version\":\"v2\"}");

    assertFailure(() -> open(folder, Optional.of(V1)), RefusedException.class, "v2");
    assertThat(open(folder, Optional.empty()).version()).isEqualTo(new Version("v2"));
  }

  @Test
  void open_nothingThere_isNotFound() {
    assertFailure(
        () -> open(sandbox.root().resolve("nowhere"), Optional.of(V1)),
        NotFoundException.class,
        "nowhere");
  }

  @Test
  void open_relativePath_isThatOfTheWorkingDirectory() throws IOException {
    folder("r").file("hooks/a", "A");
    sandbox.workIn(sandbox.root().resolve("releases"));

    Release release =
        releases().open(new ReleaseRequest("./r", Optional.of(V1), TARGETS), Progress.NONE);

    assertThat(release.files()).hasSize(1);
  }

  @Test
  void open_emptyFolder_isRefusedAndSaysWhatIsKnown() throws IOException {
    Path folder = folder("r").directory();
    sandbox.write(folder.resolve("readme"), "nothing of a target");

    assertFailure(() -> open(folder, Optional.of(V1)), RefusedException.class, "empty release");
  }

  @Test
  void open_fileOfAnotherType_isRefused() throws IOException {
    Path file = sandbox.write(sandbox.root().resolve("r.tar.gz"), "this is no archive");

    assertFailure(() -> open(file, Optional.of(V1)), RefusedException.class, "another type");
  }

  @Test
  void open_emptyFile_isRefused() throws IOException {
    Path file = sandbox.write(sandbox.root().resolve("r.zip"), "");

    assertFailure(() -> open(file, Optional.of(V1)), RefusedException.class, "empty");
  }

  @Test
  void open_descriptionListsFiles_takesThemOnlyAndItsModes() throws IOException {
    ReleaseFolder folder =
        folder("r")
            .file("hooks/a.sh", "A", 0644)
            .file("hooks/unlisted", "U")
            .link("hooks/l", "a.sh");
    describe(
        folder.directory(),
        """
        {"format": 1, "name": "mine", "version": "v1",
         "requires": {"commands": ["git", "jq"]},
         "files": [{"path": "hooks/a.sh", "sha256": "%s", "mode": "0755"},
                   {"path": "hooks/l", "link": "a.sh"}],
         "delete": ["hooks/gone", {"path": "settings.local.json", "sha256": "%s"}]}
        """
            .formatted(sha("A"), sha("old")));

    Release release = open(folder.directory(), Optional.empty());

    assertThat(release.name()).isEqualTo("mine");
    assertThat(release.requiredCommands()).containsExactly("git", "jq");
    assertThat(release.files()).hasSize(2);
    assertThat(release.files().getFirst().state())
        .isEqualTo(new EntryState.Regular(new Sha256(sha("A")), 1, 0755));
    assertThat(release.ignored()).containsExactly("hooks/unlisted");
    assertThat(release.deletes()).hasSize(2);
    assertThat(release.deletes().get(1).contents()).containsExactly(new Sha256(sha("old")));
  }

  @Test
  void open_listedFilesMissingOrChanged_allAreNamed() throws IOException {
    Path folder = folder("r").file("hooks/a", "A").file("hooks/b", "B").directory();
    describe(
        folder,
        """
        {"format": 1, "version": "v1", "files": [
          {"path": "hooks/a", "sha256": "%s"}, {"path": "hooks/b", "sha256": "%s"}]}
        """
            .formatted(sha("x"), sha("y")));
    assertFailure(() -> open(folder, Optional.empty()), RefusedException.class, "hooks/b");

    Files.delete(folder.resolve("hooks/a"));
    assertFailure(
        () -> open(folder, Optional.empty()), RefusedException.class, "hooks/a", "not there");
  }

  @Test
  void open_descriptionIsNoJson_saysTheLine() throws IOException {
    Path folder = folder("r").file("hooks/a", "A").directory();
    describe(folder, "{\"format\": 1,\n \"version\": }");

    assertFailure(
        () -> open(folder, Optional.empty()), RefusedException.class, "release.json:2", "not JSON");
  }

  @Test
  void open_descriptionHasWrongTypes_allAreNamed() throws IOException {
    Path folder = folder("r").file("hooks/a", "A").directory();
    describe(
        folder,
        """
        {"format": 1, "version": "a/b", "requires": {"commands": [3]}, "files": [
          {"path": "hooks/a", "sha256": "12", "mode": 755}, {"path": "../x", "sha256": "%s"},
          {"path": "hooks/a"}]}
        """
            .formatted(sha("x")));

    assertFailure(
        () -> open(folder, Optional.empty()),
        RefusedException.class,
        "a/b",
        "requires.commands",
        "files[0].sha256",
        "files[0].mode",
        "../x",
        "files[2].sha256");
  }

  @Test
  void open_newerFormat_isRefusedWithOneSentence() throws IOException {
    Path folder = folder("r").file("hooks/a", "A").directory();
    describe(folder, "{\"format\": 2, \"files\": 7}");

    assertFailure(() -> open(folder, Optional.of(V1)), RefusedException.class, "newer");
  }

  @Test
  void open_checkedOutProject_isItsClaudeFolder() throws IOException {
    ReleaseFolder folder = folder("r/.claude").file("hooks/a", "A").file("settings.json", "{}");
    sandbox.write(folder.directory().resolveSibling("hooks/of-the-project"), "no hook");
    sandbox.write(folder.directory().resolveSibling("CLAUDE.md"), "the project's");

    Release release = open(folder.directory().getParent(), Optional.of(V1));

    assertThat(release.files()).isEqualTo(folder.release("v1").files());
    assertThat(release.ignored()).containsExactlyInAnyOrder("hooks/", "CLAUDE.md");
  }

  @Test
  void open_linkThatLeadsOut_isRefusedByName() throws IOException {
    for (String to : List.of("/etc/passwd", "../settings.json", "a/../../../x", "C:x")) {
      Path folder =
          folder("to" + to.hashCode()).file("hooks/a/b", "A").link("hooks/l", to).directory();

      assertFailure(() -> open(folder, Optional.of(V1)), RefusedException.class, "hooks/l");
    }
  }

  @Test
  void open_linkThroughLink_isRefusedByName() throws IOException {
    Path folder =
        folder("r")
            .file("hooks/d/e/f", "A")
            .link("hooks/in", "d/e")
            .link("hooks/through", "in/../x")
            .directory();

    assertFailure(() -> open(folder, Optional.of(V1)), RefusedException.class, "hooks/through");
  }

  @Test
  void open_namesThatCollide_areRefusedByName() throws IOException {
    Path cases = folder("c").file("hooks/Guard.py", "A").file("hooks/guard.py", "B").directory();
    Path forms = folder("f").file("hooks/caf\u00e9", "A").file("hooks/cafe\u0301", "B").directory();
    Path folders = folder("d").file("hooks/Lib/a", "A").file("hooks/lib/b", "B").directory();

    assertFailure(() -> open(cases, Optional.of(V1)), RefusedException.class, "guard.py");
    assertFailure(() -> open(forms, Optional.of(V1)), RefusedException.class, "caf");
    assertFailure(() -> open(folders, Optional.of(V1)), RefusedException.class, "hooks/lib");
  }

  @Test
  void open_targetIsALink_isRefused() throws IOException {
    Path folder = folder("r").file("commands/c.md", "A").directory();
    Files.createSymbolicLink(folder.resolve("hooks"), folder.resolve("commands"));

    assertFailure(() -> open(folder, Optional.of(V1)), RefusedException.class, "hooks");
  }

  @Test
  void open_transactionsFolderInside_isIgnored() throws IOException {
    Path folder = folder("r").file("hooks/a", "A").directory();
    sandbox.write(folder.resolve("hooks/.stravinsky-tx1/a"), "left over");

    assertThat(open(folder, Optional.of(V1)).files()).hasSize(1);
  }

  @Test
  void discard_opened_leavesNothing() throws IOException {
    Path folder = folder("r").file("hooks/a/b", "A").link("hooks/l", "a/b").directory();
    Release release = open(folder, Optional.of(V1));

    releases().discard(release);

    assertNothingStaged();
  }

  @Test
  void published_neverKept_isEmpty() throws IOException {
    assertThat(releases().published(V1)).isEmpty();
  }

  @Test
  void published_kept_isExactlyTheSame() throws IOException {
    ReleaseFolder folder =
        folder("r")
            .file("hooks/guard.py", "print(1)\n", 0755)
            .file("hooks/\u00fc \"q\"\n", "odd name")
            .file("settings.json", "{}", 0600)
            .file("CLAUDE.md", "read me")
            .file("mytool/x", "")
            .link("hooks/current.py", "guard.py")
            .link("hooks/dangling", "nothing");
    describe(
        folder.directory(),
        "{\"format\":1,\"version\":\"v1\",\"name\":\"n\",\"requires\":{\"commands\":[\"git\"]},"
            + "\"delete\":[{\"path\":\"hooks/gone\",\"sha256\":[\""
            + sha("1")
            + "\"]}]}");
    Release opened = open(folder.directory(), Optional.empty());

    keep(opened);
    releases().discard(opened);
    sandbox.restart();
    Release published = releases().published(V1).orElseThrow();

    assertThat(published.files()).isEqualTo(opened.files());
    assertThat(published.name()).isEqualTo("n");
    assertThat(published.requiredCommands()).containsExactly("git");
    assertThat(published.deletes()).isEqualTo(opened.deletes());
    assertThat(published.directory()).isEqualTo(sandbox.home().releases().resolve("v1"));
    assertContents(published);
  }

  @Test
  void keep_again_changesNothing() throws IOException {
    Release opened = open(folder("r").file("hooks/a", "A").directory(), Optional.of(V1));
    keep(opened);
    Path kept = sandbox.home().releases().resolve("v1/hooks/a");
    Object before = Files.readAttributes(kept, "creationTime,lastModifiedTime");

    keep(opened);

    assertThat((Object) Files.readAttributes(kept, "creationTime,lastModifiedTime"))
        .isEqualTo(before);
  }

  @Test
  void keep_anotherOfTheSameVersion_isTheLastOfBoth() throws IOException {
    keep(open(folder("r").file("hooks/a", "A").directory(), Optional.of(V1)));
    keep(open(folder("s").file("hooks/b", "B").directory(), Optional.of(V1)));

    assertThat(releases().published(V1).orElseThrow().files())
        .extracting(f -> f.path().readable())
        .containsExactly("b");
    assertThat(everyFirstFile()).containsExactly("b", "a");
    keep(open(folder("r").directory(), Optional.of(V1)));
    assertThat(everyFirstFile()).containsExactly("a", "b");
    assertThat(names(sandbox.home().releases())).hasSize(2).contains("v1");

    releases().retain(Set.of(V1), Set.of());
    assertThat(everyFirstFile()).containsExactly("a", "b");
    releases().retain(Set.of(), Set.of());
    assertThat(names(sandbox.home().releases())).isEmpty();
  }

  @Test
  void keep_oneVersionManyTimes_keepsTheTenLastOnesThatWereReplaced() throws IOException {
    for (int i = 0; i < 13; i++) {
      Path folder = folder("many").file("hooks/a", "A" + i).directory();
      keep(open(folder, Optional.of(V1)));
      // The order is that of the times at which they were made.
      Path json = sandbox.home().releases().resolve("v1/release.json");
      Files.setLastModifiedTime(json, FileTime.fromMillis(1_000L * i));
    }

    releases().retain(Set.of(V1), Set.of());

    List<Release> all = releases().everyPublished(V1);
    assertThat(all).hasSize(11);
    assertThat(Files.readString(all.getFirst().directory().resolve("hooks/a"))).isEqualTo("A12");
    assertThat(Files.readString(all.getLast().directory().resolve("hooks/a"))).isEqualTo("A2");
  }

  private List<String> everyFirstFile() throws IOException {
    return releases().everyPublished(V1).stream()
        .map(release -> release.files().getFirst().path().readable())
        .toList();
  }

  @Test
  void keepPending_anotherOfTheSameVersion_countsOncePublished() throws IOException {
    keep(open(folder("r").file("hooks/a", "A").directory(), Optional.of(V1)));
    Release other = open(folder("s").file("hooks/b", "B").directory(), Optional.of(V1));
    releases().keepPending("t2", other);

    assertThat(releases().published(V1).orElseThrow().file("hooks", EntryPath.of("a"))).isPresent();
    releases().retain(Set.of(V1), Set.of("t2"));
    releases().publish("t2", V1);
    releases().publish("t2", V1);
    assertThat(releases().published(V1).orElseThrow().files()).isEqualTo(other.files());
    assertThat(everyFirstFile()).containsExactly("b", "a");
    assertThat(names(sandbox.home().releases())).hasSize(2);
  }

  @Test
  void discardPending_afterwards_leavesWhatWasPublishedBefore() throws IOException {
    Release first = open(folder("r").file("hooks/a", "A").directory(), Optional.of(V1));
    keep(first);
    Release other = open(folder("s").file("hooks/b", "B").directory(), Optional.of(V1));
    releases().keepPending("t2", other);
    releases().keepPending("t3", other);

    releases().discardPending("t2");
    releases().discardPending("t2");
    releases().retain(Set.of(V1), Set.of());
    releases().publish("t3", V1);

    assertThat(releases().published(V1).orElseThrow().files()).isEqualTo(first.files());
    assertThat(names(sandbox.home().releases())).containsExactly("v1");
  }

  @Test
  void published_fileCutShort_isDamageAndKeepHeals() throws IOException {
    Release opened = open(folder("r").file("hooks/a", "AAA").directory(), Optional.of(V1));
    keep(opened);
    Path kept = sandbox.home().releases().resolve("v1");
    sandbox.write(kept.resolve("hooks/a"), "A");

    assertThatThrownBy(() -> releases().published(V1))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("hooks/a");
    keep(opened);
    assertContents(releases().published(V1).orElseThrow());
  }

  @Test
  void published_aWordOfTheDescriptionDamaged_isDamage() throws IOException {
    keep(open(folder("r").file("hooks/a", "A").directory(), Optional.of(V1)));
    Path json = sandbox.home().releases().resolve("v1/release.json");
    String good = Files.readString(json);
    for (String word : List.of("mode", "size", "sha256")) {
      sandbox.write(json, good.replace("\"" + word + "\"", "\"X" + word.substring(1) + "\""));
      assertThatThrownBy(() -> releases().published(V1))
          .as(word)
          .isInstanceOf(DamagedException.class);
    }
  }

  @Test
  void published_descriptionCutShort_isDamage() throws IOException {
    keep(open(folder("r").file("hooks/a", "A").directory(), Optional.of(V1)));
    sandbox.write(sandbox.home().releases().resolve("v1/release.json"), "{\"format\": 1");

    assertThatThrownBy(() -> releases().published(V1)).isInstanceOf(DamagedException.class);
  }

  @Test
  void retain_some_removesTheOthers() throws IOException {
    Path folder = folder("r").file("hooks/a/b", "A").directory();
    for (String version : List.of("v1", "v2", "v3")) {
      keep(open(folder, Optional.of(new Version(version))));
    }

    releases().retain(Set.of(V1, new Version("v3"), new Version("v9")), Set.of());

    assertThat(names(sandbox.home().releases())).containsExactly("v1", "v3");
    assertThat(releases().published(new Version("v2"))).isEmpty();
  }

  private void keep(Release opened) throws IOException {
    releases().keepPending("t1", opened);
    releases().publish("t1", opened.version());
  }

  /** Opens what is at a path. */
  protected final Release open(Path location, Optional<Version> version) throws IOException {
    return releases()
        .open(new ReleaseRequest(location.toString(), version, TARGETS), Progress.NONE);
  }

  protected final Releases releases() {
    return sandbox.services().releases();
  }

  /** Fails as told, and leaves nothing in staging. */
  protected final void assertFailure(
      Opening opening, Class<? extends StravinskyException> type, String... words) {
    assertThatThrownBy(opening::run)
        .isInstanceOf(type)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
    try {
      assertNothingStaged();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Something that opens a release. */
  protected interface Opening {
    void run() throws IOException;
  }

  /** Each file is where the release says, with the content that it says. */
  protected static void assertContents(Release release) throws IOException {
    for (ReleaseFile file : release.files()) {
      EntryState there = EntryStates.of(release.content(file));
      if (file.state() instanceof EntryState.Regular regular) {
        assertThat(there)
            .isInstanceOfSatisfying(
                EntryState.Regular.class,
                r -> assertThat(r.sha256()).as(file.toString()).isEqualTo(regular.sha256()));
      } else {
        assertThat(there).isEqualTo(file.state());
      }
    }
  }

  private void assertNothingStaged() throws IOException {
    if (Files.exists(sandbox.home().staging())) {
      assertThat(names(sandbox.home().staging())).isEmpty();
    }
  }

  private ReleaseFolder folder(String name) throws IOException {
    return ReleaseFolder.in(sandbox, sandbox.root().resolve("releases").resolve(name));
  }

  private void describe(Path folder, String json) throws IOException {
    sandbox.write(folder.resolve("release.json"), json);
  }

  private static String sha(String content) {
    return Sha256.of(content.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return new ArrayList<>(all.map(p -> p.getFileName().toString()).sorted().toList());
    }
  }
}
