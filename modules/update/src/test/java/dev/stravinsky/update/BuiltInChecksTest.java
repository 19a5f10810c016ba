package dev.stravinsky.update;

import static dev.stravinsky.update.CheckCase.never;
import static dev.stravinsky.update.CheckCase.of;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.spi.Phase;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.update.CheckCase.Outcome;
import dev.stravinsky.update.CheckCase.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each built-in check ends in each of four ways: it passes, warns, blocks, or could not check;
 * where one of the four cannot be, the case says why. All by the runner, as commands ask it.
 */
final class BuiltInChecksTest {
  private static final List<String> ALL =
      List.of(
          "disk-space",
          "permissions",
          "file-locks",
          "backup-capacity",
          "previous-backups",
          "hooks-syntax",
          "commands-parse",
          "settings-schema",
          "dependencies",
          "files-present",
          "checksums-match",
          "version-consistency");

  private static final String NOT_PROVEN =
      "what is live must be proven: what cannot be looked at blocks, by its own row of the matrix";

  private static final String READ_OR_FAIL =
      "it needs nothing but the file; one that cannot be read fails the check, which blocks";

  private static final String RIGHT_OR_WRONG = "what is live is as it was meant, or it is not";

  @TempDir Path directory;

  static Stream<CheckCase> cases() {
    List<CheckCase> cases = new ArrayList<>();
    cases.addAll(MachineCheckCases.machine());
    cases.addAll(MachineCheckCases.backups());
    cases.addAll(content());
    cases.addAll(afterwards());
    return cases.stream();
  }

  static Stream<CheckCase> possible() {
    return cases().filter(each -> each.given().isPresent());
  }

  @ParameterizedTest
  @MethodSource("possible")
  void check_inThisWorld_endsSo(CheckCase given) throws Exception {
    given.run(directory);
  }

  @Test
  void table_always_hasEachCheckFourTimes() throws IOException {
    for (String check : ALL) {
      List<CheckCase> cases = cases().filter(each -> each.check().equals(check)).toList();
      assertThat(cases.stream().map(CheckCase::outcome))
          .as(check)
          .containsExactlyInAnyOrder(Outcome.values());
      assertThat(cases).allMatch(each -> each.given().isPresent() != !each.note().isEmpty());
    }
    try (Sandbox sandbox = Sandbox.inMemory()) {
      assertThat(sandbox.services().checks().checkIds(false)).containsSubsequence(ALL);
    }
  }

  private static List<CheckCase> content() {
    return List.of(
        of("hooks-syntax", Outcome.PASSES, world -> world.live(Phase.STAGED)),
        of("hooks-syntax", Outcome.WARNS, BuiltInChecksTest::pythonThatIsNotHere),
        of("hooks-syntax", Outcome.BLOCKS, world -> hook(world, "#!/bin/sh\nif true; then\n")),
        of(
            "hooks-syntax",
            Outcome.COULD_NOT_CHECK,
            world -> {
              world.sandbox().withVariable("PATH", world.sandbox().root() + "/none");
              return world.live(Phase.STAGED);
            }),
        of("commands-parse", Outcome.PASSES, world -> command(world, "---\ndescription: d\n---\n")),
        of(
            "commands-parse",
            Outcome.WARNS,
            world -> command(world, "---\ndescription: this: and that\n---\n")),
        of("commands-parse", Outcome.BLOCKS, world -> command(world, "---\na: [b\n---\n")),
        never("commands-parse", Outcome.COULD_NOT_CHECK, READ_OR_FAIL),
        of("settings-schema", Outcome.PASSES, world -> settings(world, "{\"model\": \"opus\"}")),
        of("settings-schema", Outcome.WARNS, world -> settings(world, "")),
        of("settings-schema", Outcome.BLOCKS, world -> settings(world, "{\"env\": {\"A\": 1}}")),
        never("settings-schema", Outcome.COULD_NOT_CHECK, READ_OR_FAIL),
        of("dependencies", Outcome.PASSES, world -> naming(world, "~/.claude/hooks/a.sh")),
        of("dependencies", Outcome.WARNS, world -> naming(world, "no-such-program --now")),
        of("dependencies", Outcome.BLOCKS, world -> naming(world, "~/.claude/hooks/gone.sh")),
        never("dependencies", Outcome.COULD_NOT_CHECK, READ_OR_FAIL));
  }

  private static List<CheckCase> afterwards() {
    return List.of(
        of("files-present", Outcome.PASSES, world -> world.installed(() -> {})),
        never("files-present", Outcome.WARNS, RIGHT_OR_WRONG),
        of(
            "files-present",
            Outcome.BLOCKS,
            world -> world.installed(() -> Files.delete(world.hooks().resolve("a.sh")))),
        never("files-present", Outcome.COULD_NOT_CHECK, NOT_PROVEN),
        of("checksums-match", Outcome.PASSES, world -> world.installed(() -> {})),
        never("checksums-match", Outcome.WARNS, RIGHT_OR_WRONG),
        of(
            "checksums-match",
            Outcome.BLOCKS,
            world -> world.installed(() -> world.hook("a.sh", "echo A\n"))),
        never("checksums-match", Outcome.COULD_NOT_CHECK, NOT_PROVEN),
        of("version-consistency", Outcome.PASSES, world -> world.installed(() -> {})),
        never("version-consistency", Outcome.WARNS, RIGHT_OR_WRONG),
        of(
            "version-consistency",
            Outcome.BLOCKS,
            world -> world.installed(() -> world.installedByAnother(world.backUp("v9"), "v9"))),
        never("version-consistency", Outcome.COULD_NOT_CHECK, NOT_PROVEN));
  }

  /** What another Python says of it is no proof. */
  private static CheckContexts pythonThatIsNotHere(World world) throws IOException {
    Stream<String> folders = Stream.of(System.getenv("PATH").split(":", -1));
    assumeTrue(folders.anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3"))));
    String hook = "#!/usr/bin/env python3.99\ntype X = = 1\n";
    world.sandbox().write(world.hooks().resolve("c.py"), hook);
    return world.live(Phase.STAGED);
  }

  private static CheckContexts hook(World world, String content) throws IOException {
    world.sandbox().write(world.hooks().resolve("c.sh"), content);
    return world.live(Phase.STAGED);
  }

  private static CheckContexts command(World world, String content) throws IOException {
    world.command(content);
    return world.live(Phase.STAGED);
  }

  private static CheckContexts settings(World world, String content) throws IOException {
    world.settings(content);
    return world.live(Phase.STAGED);
  }

  private static CheckContexts naming(World world, String command) throws IOException {
    return settings(
        world,
        """
        {"hooks": {"PreToolUse": [{"matcher": "Bash",
          "hooks": [{"type": "command", "command": "%s"}]}]}}
        """
            .formatted(command));
  }
}
