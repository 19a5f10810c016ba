package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Target;
import dev.stravinsky.transaction.Step.Operation;
import dev.stravinsky.transaction.Step.Side;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** In which order steps are made and undone, and which side an entry is. */
final class StepTest {
  private static final Path TOP = Path.of("/home/user/.claude");
  private static final List<Target> TARGETS =
      List.of(
          Target.tree("hooks", Scope.USER, TOP.resolve("hooks")),
          new Target("settings", Scope.USER, TOP, List.of("settings.json")),
          Target.tree("commands", Scope.USER, TOP.resolve("commands")));

  private static final EntryState OLD = new EntryState.Regular(Sha256.of(new byte[] {1}), 1, 0644);
  private static final EntryState NEW = new EntryState.Regular(Sha256.of(new byte[] {2}), 1, 0600);

  private static Step step(Operation operation, int target, String path) {
    Path live = EntryPath.of(path).resolveIn(TARGETS.get(target).root());
    return step(operation, target, path, live, OLD, NEW);
  }

  private static Step mode(String path, int before, int after) {
    return step(
        Operation.CHANGE_MODE,
        0,
        path,
        TARGETS.getFirst().root().resolve(path),
        new EntryState.Directory(before),
        new EntryState.Directory(after));
  }

  private static Step step(
      Operation operation, int target, String path, Path live, EntryState old, EntryState after) {
    EntryPath entry = EntryPath.of(path);
    return new Step(operation, target, entry, live, live, live, old, after, "1", "2");
  }

  private static List<Step> shuffled(List<Step> ordered) {
    List<Step> steps = new ArrayList<>(ordered);
    Collections.shuffle(steps, new Random(17));
    assertThat(steps).isNotEqualTo(ordered);
    return steps;
  }

  @Test
  void forward_everyKind_whatSettingsNameIsThereAtEachMoment() {
    List<Step> ordered =
        List.of(
            mode("o", 0500, 0755),
            mode("o/p", 0100, 0755),
            step(Operation.MAKE_DIRECTORY, 0, "a"),
            step(Operation.MAKE_DIRECTORY, 0, "a/b"),
            step(Operation.CREATE, 0, "a/b/new.py"),
            step(Operation.REPLACE, 0, "a.py"),
            step(Operation.REPLACE, 2, "a.py"),
            step(Operation.OVERWRITE, 0, "b.py"),
            step(Operation.CREATE, 1, "settings.json"),
            step(Operation.REPLACE, 1, "settings.json"),
            mode("c/l", 0755, 0500),
            mode("c", 0500, 0600),
            mode("m", 0755, 0700),
            step(Operation.DELETE, 1, "settings.json"),
            step(Operation.DELETE, 0, "old.py"),
            step(Operation.DELETE_DIRECTORY, 0, "c/d"),
            step(Operation.DELETE_DIRECTORY, 0, "c"));

    assertThat(shuffled(ordered).stream().sorted(Step.forward(TARGETS)))
        .containsExactlyElementsOf(ordered);
  }

  @Test
  void backward_everyKind_whatSettingsNameIsThereAtEachMoment() {
    List<Step> ordered =
        List.of(
            mode("c", 0500, 0600),
            mode("m", 0755, 0700),
            mode("c/l", 0755, 0500),
            step(Operation.REPLACE, 0, "a.py"),
            step(Operation.REPLACE, 2, "a.py"),
            step(Operation.OVERWRITE, 0, "b.py"),
            step(Operation.REPLACE, 1, "settings.json"),
            step(Operation.CREATE, 1, "settings.local.json"),
            step(Operation.CREATE, 0, "a/b/new.py"),
            step(Operation.MAKE_DIRECTORY, 0, "a/b"),
            step(Operation.MAKE_DIRECTORY, 0, "a"),
            mode("o/p", 0100, 0755),
            mode("o", 0500, 0755),
            step(Operation.DELETE, 0, "old.py"));

    assertThat(shuffled(ordered).stream().sorted(Step.backward(TARGETS)))
        .containsExactlyElementsOf(ordered);
  }

  @Test
  void side_contentAndMode_tell() {
    Step step = step(Operation.REPLACE, 0, "a.py");
    EntryState other = new EntryState.Regular(Sha256.of(new byte[] {3}), 1, 0644);

    assertThat(step.side(new Seen(Optional.of(OLD), "9"))).isEqualTo(Side.OLD);
    assertThat(step.side(new Seen(Optional.of(NEW), "9"))).isEqualTo(Side.NEW);
    assertThat(step.side(new Seen(Optional.of(EntryState.ABSENT), ""))).isEqualTo(Side.ABSENT);
    assertThat(step.side(new Seen(Optional.of(other), "1"))).isEqualTo(Side.FOREIGN);
    assertThat(step.side(new Seen(Optional.of(other), "2"))).isEqualTo(Side.FOREIGN);
    assertThat(step.side(new Seen(Optional.empty(), "1"))).isEqualTo(Side.FOREIGN);
  }

  @Test
  void side_onlyTheModeWasChanged_theInodeTells() {
    Step step = step(Operation.REPLACE, 0, "a.py");
    EntryState oldBytes = new EntryState.Regular(Sha256.of(new byte[] {1}), 1, 0777);
    EntryState newBytes = new EntryState.Regular(Sha256.of(new byte[] {2}), 1, 0777);

    assertThat(step.side(new Seen(Optional.of(oldBytes), "1"))).isEqualTo(Side.OLD);
    assertThat(step.side(new Seen(Optional.of(newBytes), "2"))).isEqualTo(Side.NEW);
    assertThat(step.side(new Seen(Optional.of(oldBytes), "2"))).isEqualTo(Side.FOREIGN);
    assertThat(step.side(new Seen(Optional.of(newBytes), "1"))).isEqualTo(Side.FOREIGN);
  }

  @Test
  void side_bothSidesAreEqual_theInodeTells() {
    Path live = TOP.resolve("hooks/a.py");
    Step step = step(Operation.REPLACE, 0, "a.py", live, OLD, OLD);

    assertThat(step.side(new Seen(Optional.of(OLD), "1"))).isEqualTo(Side.OLD);
    assertThat(step.side(new Seen(Optional.of(OLD), "2"))).isEqualTo(Side.NEW);
    assertThat(step.withInodes("", "").side(new Seen(Optional.of(OLD), ""))).isEqualTo(Side.OLD);
  }
}
