package dev.stravinsky.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupManifest.Root;
import dev.stravinsky.api.recovery.Recovery.Options;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Targets that share files are one: nothing is backed up, staged or swapped twice. */
abstract class OnePlaceContract extends InstalledSandbox {

  final void customTarget(String name, String path) throws IOException {
    sandbox.settings("{\"targets\": [{\"name\": \"" + name + "\", \"path\": \"" + path + "\"}]}");
  }

  final List<String> names() throws IOException {
    return sandbox.services().targets().of(Scope.USER).stream().map(Target::name).toList();
  }

  /** Two updates and an undo; every backup on the way has each file once. */
  final void updateAndUndo() throws IOException {
    assertThat(update(firstRelease(), "v1")).isInstanceOf(UpdateResult.Updated.class);
    SortedMap<String, String> first = live();
    assertThat(update(secondRelease(), "v2")).isInstanceOf(UpdateResult.Updated.class);
    assertThat(releasedHook()).content().contains("two");
    assertThat(sandbox.claude().resolve("hooks/deep/only-in-v1.sh")).doesNotExist();
    assertThat(undo()).isInstanceOf(RollbackResult.Done.class);
    assertThat(live()).isEqualTo(first);
    List<Backup> backups = sandbox.services().backups().list(Scope.USER);
    assertThat(backups).hasSizeGreaterThan(2);
    for (Backup each : backups) {
      assertThat(files(each)).as(each.id().toString()).isNotEmpty().doesNotHaveDuplicates();
    }
  }

  /** The real places of a backup's files, as many times as it has them. */
  private List<Object> files(Backup backup) throws IOException {
    List<Object> files = new ArrayList<>();
    try (Stream<BackupEntry> entries = backup.entries()) {
      for (BackupEntry entry : entries.toList()) {
        for (Root root : backup.manifest().roots()) {
          if (root.target().equals(entry.target())) {
            Path file = entry.path().resolveIn(root.path());
            if (Files.exists(file)) {
              files.add(
                  Files.isDirectory(file)
                      ? file.toRealPath()
                      : Files.getAttribute(file, "basic:fileKey"));
            }
          }
        }
      }
    }
    return files;
  }

  final boolean holds(Backup backup, String target, String path) throws IOException {
    try (Stream<BackupEntry> entries = backup.entries()) {
      return entries.anyMatch(e -> e.target().equals(target) && e.path().readable().equals(path));
    }
  }

  @Test
  void update_customTargetLiesInAnother_isOneWithIt() throws IOException {
    writeOwnHook();
    sandbox.write(sandbox.claude().resolve("hooks/mine/tool.sh"), "mine");
    customTarget("mine", "~/.claude/hooks/mine");

    updateAndUndo();

    assertThat(names()).doesNotContain("mine").contains("hooks");
  }

  @Test
  void update_customTargetIsALinkToAnother_isOneWithIt() throws IOException {
    sandbox.write(sandbox.claude().resolve("hooks/mine/tool.sh"), "mine");
    Files.createSymbolicLink(
        sandbox.userHome().resolve("short"), sandbox.claude().resolve("hooks"));
    customTarget("short", "~/short");

    updateAndUndo();

    assertThat(names()).doesNotContain("short");
  }

  @Test
  void update_agentsAreALinkToHooks_areOneWithThem() throws IOException {
    sandbox.write(sandbox.claude().resolve("hooks/mine/tool.sh"), "mine");
    Path hooks = sandbox.claude().getFileSystem().getPath("hooks");
    Files.createSymbolicLink(sandbox.claude().resolve("agents"), hooks);
    customTarget("tools", "~/.claude/agents/mine");

    updateAndUndo();

    assertThat(names()).doesNotContain("agents", "tools");
  }

  @Test
  void update_customTargetIsAroundTheOthers_hasWhatTheyHaveNot() throws IOException {
    writeOwnHook();
    sandbox.write(sandbox.claude().resolve("plans/next.md"), "next");
    customTarget("all", "~/.claude");

    updateAndUndo();

    assertThat(names()).contains("all", "hooks", "settings");
    Backup newest = sandbox.services().backups().list(Scope.USER).getFirst();
    assertThat(holds(newest, "all", "plans/next.md")).isTrue();
    assertThat(holds(newest, "hooks", "own.sh")).isTrue();
    assertThat(holds(newest, "all", "hooks/own.sh")).isFalse();
    assertThat(holds(newest, "all", "settings.json")).isFalse();
    // What only the outer one has comes back through it.
    Files.delete(sandbox.claude().resolve("plans/next.md"));
    sandbox
        .services()
        .recovery()
        .file(
            sandbox.claude().resolve("plans/next.md"),
            Optional.empty(),
            new Options(Scope.USER, false, Progress.NONE));
    assertThat(sandbox.claude().resolve("plans/next.md")).hasContent("next");
  }

  @Test
  void update_customFilesAreAmongAnothers_onlyTheRestIsTheirs() throws IOException {
    sandbox.write(sandbox.claude().resolve("keys.json"), "{}");
    sandbox.settings(
        "{\"targets\": [{\"name\": \"keys\", \"path\": \"~/.claude\","
            + " \"files\": [\"settings.json\", \"keys.json\"]}]}");

    updateAndUndo();

    assertThat(sandbox.services().targets().of(Scope.USER))
        .filteredOn(t -> t.name().equals("keys"))
        .singleElement()
        .satisfies(t -> assertThat(t.files()).containsExactly("keys.json"));
  }
}
