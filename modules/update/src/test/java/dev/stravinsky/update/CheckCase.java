package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.TargetPath;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.check.CheckReport.Ending;
import dev.stravinsky.api.check.CheckReport.Result;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One way in which a built-in check can end.
 *
 * @param given makes the world in which it ends so; empty if it cannot
 * @param note why not, where it cannot
 */
record CheckCase(String check, Outcome outcome, Optional<Given> given, String note) {

  /** The four ways. */
  enum Outcome {
    PASSES,
    WARNS,
    BLOCKS,
    COULD_NOT_CHECK
  }

  /** What there is to be checked. */
  interface Given {
    CheckContexts in(World world) throws Exception;
  }

  static CheckCase of(String check, Outcome outcome, Given given) {
    return new CheckCase(check, outcome, Optional.of(given), "");
  }

  /** This check never ends so, and why that is meant. */
  static CheckCase never(String check, Outcome outcome, String why) {
    return new CheckCase(check, outcome, Optional.empty(), why);
  }

  @Override
  public String toString() {
    return check + " " + outcome;
  }

  void run(Path directory) throws Exception {
    boolean needsPrograms = check.equals("hooks-syntax");
    try (Sandbox sandbox = needsPrograms ? Sandbox.onDisk(directory) : Sandbox.inMemory()) {
      World world = new World(sandbox);
      CheckContext context = given.orElseThrow().in(world).build();
      Result result = world.result(context, check);
      switch (outcome) {
        case PASSES -> {
          assertThat(result.ending()).isEqualTo(Ending.COMPLETED);
          assertThat(result.findings()).isEmpty();
        }
        case WARNS -> assertWorst(result, Severity.WARN);
        case BLOCKS -> assertWorst(result, Severity.BLOCK);
        case COULD_NOT_CHECK -> assertCouldNot(result);
      }
      world.close();
    }
  }

  private static void assertWorst(Result result, Severity worst) {
    assertThat(result.ending()).as(result.toString()).isEqualTo(Ending.COMPLETED);
    assertThat(result.findings().stream().map(Finding::severity).max(Enum::compareTo))
        .as(result.toString())
        .contains(worst);
  }

  /** As a whole, or a part of what there is, which is told for information. */
  private static void assertCouldNot(Result result) {
    boolean partly =
        result.findings().stream()
            .anyMatch(f -> f.severity() == Severity.INFO && f.message().contains("not checked"));
    assertThat(result.ending() == Ending.COULD_NOT_CHECK || partly).as(result.toString()).isTrue();
    assertThat(result.findings()).noneMatch(f -> f.severity() == Severity.BLOCK);
  }

  /** Two hooks, and what tests do with them. */
  static final class World implements AutoCloseable {
    private final Sandbox sandbox;
    private Optional<Services> disturbed = Optional.empty();

    World(Sandbox sandbox) throws IOException {
      this.sandbox = sandbox;
      hook("a.sh", "echo a\n");
      hook("b.sh", "echo b\n");
    }

    Sandbox sandbox() {
      return sandbox;
    }

    void disturb(DisturbedPlatform.Disturbance disturbance) {
      disturbed =
          Optional.of(Services.in(DisturbedPlatform.in(sandbox.environment(), disturbance)));
    }

    Services services() {
      return disturbed.orElseGet(sandbox::services);
    }

    CheckContexts live(Phase phase) throws IOException {
      return CheckContexts.in(sandbox)
          .phase(phase)
          .settings(sandbox.services().settings())
          .liveClaude();
    }

    Path hooks() {
      return sandbox.claude().resolve("hooks");
    }

    void hook(String name, String content) throws IOException {
      byte[] script = ("#!/bin/sh\n" + content).getBytes(StandardCharsets.UTF_8);
      sandbox.write(hooks().resolve(name), script, 0755);
    }

    void command(String content) throws IOException {
      sandbox.write(sandbox.claude().resolve("commands/c.md"), content);
    }

    void settings(String content) throws IOException {
      sandbox.write(sandbox.claude().resolve("settings.json"), content);
    }

    TargetPath place(String name) throws IOException {
      CheckContext context = live(Phase.PRE_UPDATE).build();
      return new TargetPath(
          context.target("hooks", Scope.USER).orElseThrow().target(), EntryPath.of(name));
    }

    /** What is live now was installed; then this happens to it. */
    CheckContexts installed(Deed then) throws Exception {
      Map<TargetPath, EntryState> expected = new HashMap<>();
      for (String name : List.of("a.sh", "b.sh")) {
        expected.put(place(name), EntryStates.of(hooks().resolve(name)));
      }
      then.takesPlace();
      return live(Phase.POST_UPDATE).expected(expected).installing("v2");
    }

    Backup backUp(String version) throws IOException {
      BackupRequest request =
          new BackupRequest(
              Scope.USER,
              new Version(version),
              BackupReason.MANUAL,
              live(Phase.PRE_UPDATE).build().targets(),
              Optional.empty(),
              false);
      return sandbox.services().backups().create(request, Progress.NONE);
    }

    void damage(Backup backup) throws IOException {
      Path archive = backup.directory().resolve("hooks.tar.gz");
      byte[] content = Files.readAllBytes(archive);
      content[content.length / 2] ^= 0x55;
      Files.write(archive, content);
    }

    /** This backup's version was installed by another command. */
    void installedByAnother(Backup backup, String version) throws IOException {
      VersionChange change =
          new VersionChange(
              "tx1",
              Version.UNTRACKED,
              new Version(version),
              new BackupId("untracked"),
              backup.id(),
              sandbox.clock().instant());
      sandbox.services().installed().push(Scope.USER, change);
    }

    Result result(CheckContext context, String check) {
      CheckRequest request =
          new CheckRequest(context, Optional.empty(), Set.of(check), Set.of(), false);
      List<Result> results = services().checks().run(request).results();
      assertThat(results).as("it runs in %s", context.phase()).hasSize(1);
      return results.getFirst();
    }

    @Override
    public void close() throws IOException {
      if (disturbed.isPresent()) {
        disturbed.get().close();
      }
    }
  }

  /** Something that is done. */
  interface Deed {
    void takesPlace() throws Exception;
  }
}
