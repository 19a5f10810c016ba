package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.testkit.ReleaseSeries;
import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long life as a user lives it: forty releases by the packaged program, then back to some. */
@Order(1)
class FortyReleasesTest {
  private static final int RELEASES = 40;
  private static final int ROLLBACKS = 8;

  @TempDir Path temporary;

  @Test
  void update_fortyReleases_eachIsLiveToTheByteAndCanBeGoneBackTo() throws Exception {
    Path home = Files.createDirectory(temporary.resolve("home"));
    long seed = System.nanoTime();
    List<Path> releases = ReleaseSeries.of(seed).writeTo(temporary.resolve("series"), RELEASES);

    for (Path release : releases) {
      // By chance a release names other hooks than the one before.
      Run update =
          stravinsky(
              home, "update", release, "--version", version(release), "--accept", "protections");
      assertThat(update.status()).as("seed %d: %s%s", seed, update.out(), update.err()).isZero();
      assertLive(home, release, seed);
    }
    List<Path> anyOrder = new ArrayList<>(releases);
    Collections.shuffle(anyOrder, new Random(seed));
    for (Path release : anyOrder.subList(0, ROLLBACKS)) {
      Run back = stravinsky(home, "rollback", "to", version(release));
      assertThat(back.status()).as("seed %d: %s%s", seed, back.out(), back.err()).isZero();
      assertLive(home, release, seed);
    }
  }

  private static Run stravinsky(Path home, Object... arguments)
      throws IOException, InterruptedException {
    Map<String, String> variables = Map.of("HOME", home.toString(), "PATH", System.getenv("PATH"));
    return Run.of(variables, Distribution.launcher(), arguments);
  }

  private static void assertLive(Path home, Path release, long seed) throws IOException {
    assertThat(files(Tree.of(home.resolve(".claude"))))
        .as("seed %d, %s", seed, version(release))
        .isEqualTo(files(Tree.of(release)));
  }

  /**
   * Directories by their presence alone: a release says nothing of their modes. A target's own
   * directory stays where it is when the last file goes.
   */
  private static SortedMap<String, String> files(SortedMap<String, String> tree) {
    List<String> emptied = tree.keySet().stream().filter(path -> isEmptyTop(tree, path)).toList();
    emptied.forEach(tree::remove);
    tree.replaceAll((path, what) -> what.startsWith("directory") ? "directory" : what);
    return tree;
  }

  private static String version(Path release) {
    return release.getFileName().toString();
  }

  private static boolean isEmptyTop(SortedMap<String, String> tree, String path) {
    return tree.get(path).startsWith("directory")
        && !path.contains("/")
        && tree.keySet().stream().noneMatch(other -> other.startsWith(path + "/"));
  }
}
