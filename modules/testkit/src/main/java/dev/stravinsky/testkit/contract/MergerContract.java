package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.merge.MergePlan.Decision;
import dev.stravinsky.api.merge.MergePlan.Outcome;
import dev.stravinsky.api.merge.MergeRequest;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.testkit.ReleaseFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every {@link dev.stravinsky.api.merge.Merger} decides. */
public abstract class MergerContract extends SandboxTest {
  private static final String FILE = "dir/x.py";

  @TestFactory
  Stream<DynamicTest> table_eachCase_isDecidedAsWritten() {
    return MergeCases.ALL.stream()
        .map(c -> DynamicTest.dynamicTest(c.title(), () -> new MergeCases.Run(sandbox, c).check()));
  }

  @Test
  void plan_linkedFileReplaced_beforeIsTheEndOfTheChain() throws IOException {
    Path dotfile = sandbox.write(sandbox.userHome().resolve("dotfiles/x.py"), "A");
    link(hooks().resolve(FILE), dotfile);

    MergePlan plan = plan(Optional.of(release("b", "A")), release("i", "B"), ConflictPolicy.KEEP);

    assertThat(plan.changes()).hasSize(1);
    assertThat(plan.changes().getFirst()).isInstanceOf(Change.Put.class);
    assertThat(plan.changes().getFirst().before()).isEqualTo(EntryStates.regular(dotfile));
  }

  @Test
  void plan_twoLinksToOneFile_onlyOneIsWritten() throws IOException {
    Path dotfile = sandbox.write(sandbox.userHome().resolve("dotfiles/x.py"), "A");
    link(hooks().resolve("one"), dotfile);
    link(hooks().resolve("two"), dotfile);
    ReleaseFolder base = folder("b").file("hooks/one", "A").file("hooks/two", "A");
    ReleaseFolder incoming = folder("i").file("hooks/one", "1").file("hooks/two", "2");

    MergePlan plan =
        plan(Optional.of(base.release("v1")), incoming.release("v2"), ConflictPolicy.KEEP);

    assertThat(plan.changes()).hasSize(1);
    assertThat(outcomes(plan)).containsExactly(Outcome.REPLACED, Outcome.CONFLICT);
  }

  @Test
  void plan_lastFileOfFolderDropped_foldersGoToo() throws IOException {
    ReleaseFolder base =
        folder("b").file("hooks/a/b/x", "A").file("hooks/a/b/y", "A").file("hooks/c/z", "A");
    sandbox.write(hooks().resolve("a/b/x"), "A");
    sandbox.write(hooks().resolve("a/b/y"), "A");
    sandbox.write(hooks().resolve("c/z"), "A");
    sandbox.write(hooks().resolve("c/mine"), "user's");

    MergePlan plan =
        plan(
            Optional.of(base.release("v1")),
            folder("i").file("hooks/n", "N").release("v2"),
            ConflictPolicy.KEEP);

    assertThat(plan.changes())
        .filteredOn(Change.Delete.class::isInstance)
        .extracting(c -> c.path().readable())
        .containsExactlyInAnyOrder("a/b/x", "a/b/y", "a/b", "a", "c/z");
  }

  @Test
  void plan_folderEmptiedAndFilledAgain_stays() throws IOException {
    sandbox.write(hooks().resolve("a/old"), "A");

    MergePlan plan =
        plan(
            Optional.of(folder("b").file("hooks/a/old", "A").release("v1")),
            folder("i").file("hooks/a/new", "A").release("v2"),
            ConflictPolicy.KEEP);

    assertThat(plan.changes())
        .extracting(c -> c.path().readable())
        .containsExactly("a/new", "a/old");
  }

  @Test
  void plan_userFilesOfNoRelease_areInNoDecision() throws IOException {
    sandbox.write(hooks().resolve("mine.py"), "mine");

    MergePlan plan = plan(Optional.empty(), release("i", "B"), ConflictPolicy.KEEP);

    assertThat(plan.decisions()).hasSize(1);
    assertThat(plan.released()).containsExactly(place(FILE));
  }

  @Test
  void plan_deletionOfUnknownFile_keepsIt() throws IOException {
    sandbox.write(hooks().resolve("old.py"), "user's");
    Release release = folder("i").file("hooks/n", "N").deletes("hooks/old.py").release("v2");

    MergePlan plan = plan(Optional.empty(), release, ConflictPolicy.KEEP);

    assertThat(outcome(plan, "old.py")).isEqualTo(Outcome.KEPT);
    assertThat(plan.changes()).noneMatch(Change.Delete.class::isInstance);
  }

  @Test
  void plan_deletionOfKnownContent_deletesIt() throws IOException {
    sandbox.write(hooks().resolve("old.py"), "old content");
    Release release =
        folder("i").file("hooks/n", "N").deletes("hooks/old.py", "old content").release("v2");

    MergePlan plan = plan(Optional.empty(), release, ConflictPolicy.KEEP);

    assertThat(outcome(plan, "old.py")).isEqualTo(Outcome.DELETED);
    assertThat(plan.changes()).anyMatch(c -> c instanceof Change.Delete);
  }

  @Test
  void plan_fileOfNoTarget_isRefusedByName() throws IOException {
    Release release = folder("i").file("unknown/x", "N").release("v2");

    assertThatThrownBy(() -> plan(Optional.empty(), release, ConflictPolicy.KEEP))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("unknown/x");
  }

  @Test
  void plan_singleFileTarget_takesItsFilesAtTheTop() throws IOException {
    sandbox.write(sandbox.claude().resolve("settings.json"), "{}");
    Target settings =
        new Target(
            "settings",
            Scope.USER,
            sandbox.claude(),
            List.of("settings.json", "settings.local.json"));
    MergeRequest request =
        new MergeRequest(
            Optional.of(folder("b").file("settings.json", "{}").release("v1")),
            folder("i").file("settings.json", "{\"a\":1}").release("v2"),
            List.of(TargetWalk.live(settings)),
            ConflictPolicy.KEEP,
            sandbox.root().resolve("scratch"));

    MergePlan plan = sandbox.services().merger().plan(request);

    assertThat(outcomes(plan)).containsExactly(Outcome.REPLACED);
    assertThat(plan.released())
        .containsExactly(new TargetPath(settings, EntryPath.of("settings.json")));
  }

  @Test
  void plan_manyFiles_changesOnlyThoseThatDiffer() throws IOException {
    ReleaseFolder base = folder("b");
    ReleaseFolder incoming = folder("i");
    for (int i = 0; i < 500; i++) {
      base.file("hooks/d" + i % 7 + "/f" + i, "old" + i);
      incoming.file("hooks/d" + i % 7 + "/f" + i, i % 50 == 0 ? "new" + i : "old" + i);
      sandbox.write(hooks().resolve("d" + i % 7 + "/f" + i), "old" + i);
    }

    MergePlan plan =
        plan(Optional.of(base.release("v1")), incoming.release("v2"), ConflictPolicy.KEEP);

    assertThat(plan.changes()).hasSize(10);
    assertThat(plan.released()).hasSize(500);
    assertThat(plan.changes())
        .allSatisfy(c -> assertThat(c.before()).isInstanceOf(EntryState.Regular.class));
  }

  private MergePlan plan(Optional<Release> base, Release incoming, ConflictPolicy policy)
      throws IOException {
    TargetView live =
        TargetWalk.live(target())
            .withOrigins(p -> base.flatMap(b -> b.file("hooks", p)).isPresent());
    return sandbox
        .services()
        .merger()
        .plan(
            new MergeRequest(
                base, incoming, List.of(live), policy, sandbox.root().resolve("scratch")));
  }

  private Release release(String name, String content) throws IOException {
    return folder(name).file("hooks/" + FILE, content).release("v-" + name);
  }

  private ReleaseFolder folder(String name) throws IOException {
    return ReleaseFolder.in(sandbox, sandbox.root().resolve("releases").resolve(name));
  }

  private Path hooks() {
    return sandbox.claude().resolve("hooks");
  }

  private Target target() {
    return Target.tree("hooks", Scope.USER, hooks());
  }

  private TargetPath place(String path) {
    return new TargetPath(target(), EntryPath.of(path));
  }

  private static void link(Path link, Path to) throws IOException {
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, to);
  }

  private static List<Outcome> outcomes(MergePlan plan) {
    return plan.decisions().stream().map(Decision::outcome).toList();
  }

  private Outcome outcome(MergePlan plan, String path) {
    return plan.decisions().stream()
        .filter(d -> d.place().equals(place(path)))
        .findAny()
        .orElseThrow()
        .outcome();
  }
}
