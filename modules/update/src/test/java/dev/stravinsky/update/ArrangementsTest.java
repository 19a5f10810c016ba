package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.Tree;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How people arrange their configuration on a real disk: for each arrangement an update and its
 * undoing. Before, between and after every link has the same text, every file its owner, mode, ACL
 * and extended attributes; what the links lead to is new, then old, with the old modification time;
 * nothing of a transaction is left anywhere.
 */
@EnabledOnOs(OS.LINUX)
final class ArrangementsTest extends InstalledSandbox {
  @TempDir Path elsewhere;

  private Disk disk;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    Sandbox opened = Sandbox.onDisk(emptyDir);
    disk = new Disk(opened.userHome(), opened.claude(), elsewhere);
    return opened;
  }

  @AfterEach
  void unmount() throws Exception {
    disk.close();
  }

  @ParameterizedTest
  @EnumSource
  void updateAndUndo_arranged_keepsTheArrangement(Arrangement arrangement) throws Exception {
    assertThat(update(firstRelease(), "v1")).isInstanceOf(UpdateResult.Updated.class);
    sandbox.restart();
    assumeTrue(arrangement.isMade(disk), "not possible on this machine");
    SortedMap<String, String> arranged = facts();
    SortedMap<String, String> first = contents();
    FileTime written = Files.getLastModifiedTime(releasedHook());

    assertThat(update(secondRelease(), "v2")).isInstanceOf(UpdateResult.Updated.class);
    assertThat(releasedHook()).content().contains("two");
    assertThat(sandbox.claude().resolve("commands/review.md")).content().contains("two");
    assertThat(sandbox.claude().resolve("settings.json")).hasContent(settings("two"));
    assertThat(sandbox.claude().resolve("hooks/only-in-v2.sh")).exists();
    assertThat(sandbox.claude().resolve("hooks/deep/only-in-v1.sh")).doesNotExist();
    assertThat(facts()).isEqualTo(arranged);
    assertThat(leftovers()).isEmpty();

    assertThat(undo()).isInstanceOf(RollbackResult.Done.class);
    assertThat(contents()).isEqualTo(first);
    assertThat(Files.getLastModifiedTime(releasedHook())).isEqualTo(written);
    assertThat(facts()).isEqualTo(arranged);
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void update_settingsLinkLeadsNowhere_linkStaysAndTheNewOneIsSetAside() throws IOException {
    update(firstRelease(), "v1");
    Path settings = sandbox.claude().resolve("settings.json");
    Files.delete(settings);
    Files.createSymbolicLink(settings, Path.of("../dotfiles/not-there.json"));

    UpdateResult result = update(secondRelease(), "v2");

    assertThat(result)
        .isInstanceOfSatisfying(
            UpdateResult.Updated.class, updated -> assertThat(updated.conflicts()).hasSize(1));
    assertThat(Files.readSymbolicLink(settings)).hasToString("../dotfiles/not-there.json");
    assertThat(sandbox.services().conflicts().list())
        .singleElement()
        .satisfies(kept -> assertThat(kept.theirs()).hasContent(settings("two")));
    assertThat(undo()).isInstanceOf(RollbackResult.Done.class);
    assertThat(Files.readSymbolicLink(settings)).hasToString("../dotfiles/not-there.json");
    assertThat(releasedHook()).content().contains("one");
    assertThat(sandbox.userHome().resolve("dotfiles")).doesNotExist();
  }

  /** What may not change: every link's text, and what the files have beside their content. */
  private SortedMap<String, String> facts() throws Exception {
    SortedMap<String, String> facts = new TreeMap<>();
    for (Path top : disk.places()) {
      Tree.of(top)
          .forEach(
              (path, what) -> {
                if (what.startsWith("link ")) {
                  facts.put(top.resolve(path).toString(), what);
                }
              });
    }
    for (String file : List.of("hooks/guard.sh", "commands/review.md", "settings.json")) {
      facts.put(file, disk.attributes(sandbox.claude().resolve(file)));
    }
    return facts;
  }

  /** All files of the configuration, links followed. */
  private SortedMap<String, String> contents() throws IOException {
    SortedMap<String, String> contents = new TreeMap<>();
    try (Stream<Path> all = Files.walk(sandbox.claude(), FileVisitOption.FOLLOW_LINKS)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        contents.put(sandbox.claude().relativize(each).toString(), Files.readString(each));
      }
    }
    return contents;
  }

  private List<String> leftovers() throws IOException {
    SortedMap<String, String> all = new TreeMap<>();
    for (Path top : disk.places()) {
      Tree.of(top).keySet().forEach(path -> all.put(top.resolve(path).toString(), ""));
    }
    return all.keySet().stream().filter(path -> path.contains("/.stravinsky-")).toList();
  }
}
