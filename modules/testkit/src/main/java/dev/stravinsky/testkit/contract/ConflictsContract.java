package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.transaction.Conflicts;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Conflicts} promises. */
public abstract class ConflictsContract extends SandboxTest {
  private static final Version VERSION = new Version("v0.3.9");

  private Target hooks;
  private Path theirs;

  @BeforeEach
  void prepare() throws IOException {
    hooks = Target.tree("hooks", Scope.USER, sandbox.claude().resolve("hooks"));
    theirs = sandbox.write(sandbox.root().resolve("release").resolve("x.sh"), "theirs");
  }

  @Test
  void list_nothingSetAside_isEmpty() throws IOException {
    assertThat(conflicts().list()).isEmpty();
  }

  @Test
  void setAside_aFile_isWhereTheDocumentsSayAndListedByALaterCommand() throws IOException {
    Conflict conflict = conflicts().setAside(VERSION, hooks, EntryPath.of("deep/x.sh"), theirs);
    Path place = sandbox.home().conflicts();
    for (String name : new String[] {"v0.3.9", "hooks", "deep", "x.sh"}) {
      place = place.resolve(name);
    }
    assertThat(place).hasContent("theirs");
    sandbox.restart();
    assertThat(conflicts().list()).containsExactly(conflict);
    assertThat(conflict.theirs()).isEqualTo(place);
    assertThat(conflict.live()).isEqualTo(hooks.root().resolve("deep").resolve("x.sh"));
    assertThat(conflict.version()).isEqualTo(VERSION);
  }

  @Test
  void setAsideBeside_otherContentWaits_bothDoForTheSameFile() throws IOException {
    conflicts().setAside(VERSION, hooks, EntryPath.of("x.sh"), theirs);
    sandbox.write(theirs, "newer");
    conflicts().setAsideBeside(VERSION, hooks, EntryPath.of("x.sh"), theirs);
    conflicts().setAsideBeside(VERSION, hooks, EntryPath.of("x.sh"), theirs);

    sandbox.restart();
    assertThat(conflicts().list())
        .hasSize(2)
        .allSatisfy(c -> assertThat(c.live()).isEqualTo(hooks.root().resolve("x.sh")))
        .allSatisfy(c -> assertThat(c.path()).isEqualTo(EntryPath.of("x.sh")));
    assertThat(conflicts().list())
        .extracting(c -> Files.readString(c.theirs()))
        .containsExactlyInAnyOrder("theirs", "newer");
  }

  @Test
  void setAside_again_replaces() throws IOException {
    conflicts().setAside(VERSION, hooks, EntryPath.of("x.sh"), theirs);
    sandbox.write(theirs, "newer");
    conflicts().setAside(VERSION, hooks, EntryPath.of("x.sh"), theirs);
    assertThat(conflicts().list())
        .singleElement()
        .satisfies(c -> assertThat(c.theirs()).hasContent("newer"));
  }

  @Test
  void setAside_aLink_isKeptAsALink() throws IOException {
    Path link = sandbox.root().resolve("release").resolve("link");
    Files.createSymbolicLink(link, link.resolveSibling("nowhere"));
    Conflict conflict = conflicts().setAside(VERSION, hooks, EntryPath.of("link"), link);
    assertThat(Files.isSymbolicLink(conflict.theirs())).isTrue();
    assertThat(conflicts().list()).containsExactly(conflict);
  }

  @Test
  void setAside_samePathOfUserAndProjects_doNotMeet() throws IOException {
    Target project =
        Target.tree(
            "hooks",
            Scope.project(sandbox.project()),
            sandbox.project().resolve(".claude").resolve("hooks"));
    conflicts().setAside(VERSION, hooks, EntryPath.of("x.sh"), theirs);
    sandbox.write(theirs, "the project's");
    conflicts().setAside(VERSION, project, EntryPath.of("x.sh"), theirs);
    assertThat(conflicts().list())
        .extracting(Conflict::scope)
        .containsExactlyInAnyOrder(Scope.USER, project.scope());
    assertThat(conflicts().list())
        .anySatisfy(c -> assertThat(c.theirs()).hasContent("the project's"))
        .anySatisfy(c -> assertThat(c.theirs()).hasContent("theirs"));
  }

  @Test
  void setAside_fileAndDirectoryOfOneName_bothAreKept() throws IOException {
    conflicts().setAside(VERSION, hooks, EntryPath.of("x"), theirs);
    conflicts().setAside(VERSION, hooks, EntryPath.of("x/y"), theirs);
    assertThat(conflicts().list()).hasSize(2);
  }

  @Test
  void setAside_namesOfAnyBytes_areKept() throws IOException {
    byte[] name = {'a', (byte) 0xff, ' ', '%', 'b'};
    EntryPath path = sandbox.isInMemory() ? EntryPath.of("ä %b") : EntryPath.ofBytes(name);
    Conflict conflict = conflicts().setAside(VERSION, hooks, path, theirs);
    sandbox.restart();
    assertThat(conflicts().list()).containsExactly(conflict);
    assertThat(conflicts().list().getFirst().path()).isEqualTo(path);
  }

  @Test
  void list_several_oldestFirst() throws IOException {
    for (String name : new String[] {"b", "c", "a"}) {
      conflicts().setAside(VERSION, hooks, EntryPath.of(name), theirs);
      sandbox.clock().advance(Duration.ofSeconds(1));
    }
    assertThat(conflicts().list())
        .extracting(c -> c.path().encoded())
        .containsExactly("b", "c", "a");
  }

  @Test
  void resolve_aConflict_removesTheCopyAndNothingElse() throws IOException {
    Path live = sandbox.write(hooks.root().resolve("x.sh"), "mine");
    Conflict conflict = conflicts().setAside(VERSION, hooks, EntryPath.of("x.sh"), theirs);
    Conflict other = conflicts().setAside(VERSION, hooks, EntryPath.of("y.sh"), theirs);
    conflicts().resolve(conflict);
    assertThat(conflicts().list()).containsExactly(other);
    conflicts().resolve(other);
    try (Stream<Path> left = Files.list(sandbox.home().conflicts())) {
      assertThat(left).isEmpty();
    }
    assertThat(live).hasContent("mine");
  }

  @Test
  void resolve_aPathOutside_isRefused() throws IOException {
    Path live = sandbox.write(hooks.root().resolve("x.sh"), "mine");
    for (Path evil :
        new Path[] {
          live,
          sandbox.home().conflicts().resolve("..").resolve("..").resolve("config.json"),
          sandbox.home().conflicts()
        }) {
      Conflict forged =
          new Conflict(Scope.USER, VERSION, "hooks", EntryPath.of("x.sh"), live, evil);
      assertThatThrownBy(() -> conflicts().resolve(forged))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(live).hasContent("mine");
  }

  private Conflicts conflicts() {
    return sandbox.services().conflicts();
  }
}
