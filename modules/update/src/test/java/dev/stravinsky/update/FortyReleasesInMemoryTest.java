package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.ReleaseSeries;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FortyReleasesInMemoryTest extends FortyReleasesContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @Test
  void update_fortyReleasesOverUserEdits_everyEditSurvives() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Path> releases = ReleaseSeries.of(seed).writeTo(release("series"), RELEASES);
    update(releases.getFirst(), "v1");
    List<String> released =
        new ArrayList<>(
            files(Tree.of(releases.getFirst())).keySet().stream()
                .filter(path -> path.endsWith(".md") && !path.startsWith("agents"))
                .toList());
    Collections.shuffle(released, random);
    List<Path> edited = released.stream().limit(10).map(sandbox.claude()::resolve).toList();
    for (Path file : edited) {
      sandbox.write(file, "my own words in " + file.getFileName());
    }
    writeOwnHook();

    for (Path release : releases.subList(1, releases.size())) {
      assertThat(updateAccepting(release, version(release), "protections"))
          .as("seed %d, %s", seed, version(release))
          .isInstanceOf(UpdateResult.Updated.class);
    }

    for (Path file : edited) {
      assertThat(file).as("seed %d", seed).hasContent("my own words in " + file.getFileName());
    }
    assertThat(ownHook()).exists();
  }
}
