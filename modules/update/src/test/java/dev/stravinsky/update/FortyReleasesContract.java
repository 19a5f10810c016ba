package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.ReleaseSeries;
import dev.stravinsky.testkit.Tree;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** A long life: forty releases one after another, then back and forth between them. */
abstract class FortyReleasesContract extends InstalledSandbox {
  protected static final int RELEASES = 40;

  @Test
  void update_fortyReleases_eachIsLiveToTheByteAndCanBeGoneBackTo() throws IOException {
    long seed = System.nanoTime();
    List<Path> releases = ReleaseSeries.of(seed).writeTo(release("series"), RELEASES);

    for (Path release : releases) {
      // By chance a release names other hooks than the one before.
      UpdateResult result = updateAccepting(release, version(release), "protections");
      assertThat(result)
          .as("seed %d, %s: %s", seed, version(release), problems(result))
          .isInstanceOf(UpdateResult.Updated.class);
      assertLive(release, seed);
      sandbox.restart();
    }
    List<Path> anyOrder = new ArrayList<>(releases);
    Collections.shuffle(anyOrder, new Random(seed));
    for (Path release : anyOrder.subList(0, 12)) {
      RollbackResult result = rollbackTo(version(release));
      assertThat(result)
          .as("seed %d, back to %s", seed, version(release))
          .isInstanceOfAny(RollbackResult.Done.class, RollbackResult.AlreadyThere.class);
      assertLive(release, seed);
      sandbox.restart();
    }
  }

  private void assertLive(Path release, long seed) throws IOException {
    assertThat(files(live()))
        .as("seed %d, %s", seed, version(release))
        .isEqualTo(files(Tree.of(release)));
  }

  /**
   * Directories by their presence alone: a release says nothing of their modes. A target's own
   * directory stays where it is when the last file goes.
   */
  protected static SortedMap<String, String> files(SortedMap<String, String> tree) {
    List<String> emptied = tree.keySet().stream().filter(path -> isEmptyTop(tree, path)).toList();
    emptied.forEach(tree::remove);
    tree.replaceAll((path, what) -> what.startsWith("directory") ? "directory" : what);
    return tree;
  }

  protected static String version(Path release) {
    return release.getFileName().toString();
  }

  private static Object problems(UpdateResult result) {
    return switch (result) {
      case UpdateResult.Blocked blocked -> blocked.problems();
      case UpdateResult.Failed failed -> failed.problems();
      case UpdateResult.RolledBack back -> back.problems();
      case UpdateResult.LeftAsIs left -> left.problems();
      default -> "";
    };
  }

  private static boolean isEmptyTop(SortedMap<String, String> tree, String path) {
    return tree.get(path).startsWith("directory")
        && !path.contains("/")
        && tree.keySet().stream().noneMatch(other -> other.startsWith(path + "/"));
  }
}
