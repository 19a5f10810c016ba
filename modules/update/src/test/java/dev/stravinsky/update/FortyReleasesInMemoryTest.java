package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.merge.MergePlan.Outcome;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.ReleaseSeries;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FortyReleasesInMemoryTest extends FortyReleasesContract {
  private static final int EDITS = 10;
  private static final String MINE = "my own words";

  private final long seed = Long.getLong("stravinsky.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @Test
  void update_fortyReleasesOverUserEdits_everyEditSurvives() throws IOException {
    System.out.println("FortyReleasesInMemoryTest seed " + seed);
    List<Path> releases = ReleaseSeries.of(seed).writeTo(release("series"), RELEASES);
    update(releases.getFirst(), "v1");
    List<Path> edited = editReleasedFiles(releases.getFirst());
    List<Path> own = writeOwnFiles();
    Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    for (Path release : releases.subList(1, releases.size())) {
      UpdateResult result = updateAccepting(release, version(release), "protections");
      assertThat(result)
          .as("seed %d, %s", seed, version(release))
          .isInstanceOfSatisfying(
              UpdateResult.Updated.class,
              updated ->
                  updated
                      .plan()
                      .decisions()
                      .forEach(d -> outcomes.merge(d.outcome(), 1, Integer::sum)));
      for (Path file : edited) {
        assertThat(file).as("seed %d, %s", seed, version(release)).content().contains(MINE);
      }
      assertThat(Files.readString(sandbox.claude().resolve("settings.json")))
          .as("seed %d: the release's settings arrive too", seed)
          .contains("\"SERIES_NUMBER\": \"" + version(release).substring(1) + "\"");
      sandbox.restart();
    }

    for (Path file : own) {
      assertThat(file).as("seed %d", seed).hasContent("mine: " + file.getFileName());
    }
    for (Conflict each : sandbox.services().conflicts().list()) {
      Path published =
          release("series").resolve(each.version().value()).resolve(place(each.live()));
      assertThat(each.theirs()).as("seed %d", seed).hasSameBinaryContentAs(published);
      assertThat(each.live()).as("seed %d", seed).content().contains(MINE);
    }
    System.out.println("40 releases over 10 edits and 10 own files: 20 of 20 survive, " + outcomes);
    assertThat(outcomes.get(Outcome.MERGED))
        .as("seed %d", seed)
        .isGreaterThanOrEqualTo(RELEASES - 1);
  }

  /** Settings and nine more of different kinds, of those that take a line at their end. */
  private List<Path> editReleasedFiles(Path release) throws IOException {
    Path settings = sandbox.claude().resolve("settings.json");
    String text = Files.readString(settings);
    sandbox.write(
        settings, text.replaceFirst("\\{", "{\n  \"env2\": {\"NOTE\": \"" + MINE + "\"},"));
    List<String> released =
        new ArrayList<>(
            files(Tree.of(release)).keySet().stream()
                .filter(
                    path -> path.endsWith(".md") || path.endsWith(".py") || path.endsWith(".sh"))
                .toList());
    Collections.shuffle(released, random);
    List<Path> edited = new ArrayList<>(List.of(settings));
    for (String path : released.subList(0, EDITS - 1)) {
      Path file = sandbox.claude().resolve(path);
      String comment = "# " + MINE + " in " + file.getFileName() + "\n";
      byte[] longer = (Files.readString(file) + comment).getBytes(StandardCharsets.UTF_8);
      Files.write(file, longer);
      edited.add(file);
    }
    assertThat(edited).as("seed %d", seed).hasSize(EDITS);
    return edited;
  }

  private List<Path> writeOwnFiles() throws IOException {
    List<Path> own = new ArrayList<>();
    for (int i = 0; i < EDITS; i++) {
      String folder = List.of("hooks", "commands", "skills/mine", "rules", "hooks/deep").get(i % 5);
      Path file = sandbox.claude().resolve(folder).resolve("own " + i + ".txt");
      own.add(sandbox.write(file, "mine: " + file.getFileName()));
    }
    return own;
  }

  private String place(Path live) {
    return sandbox.claude().relativize(live).toString();
  }
}
