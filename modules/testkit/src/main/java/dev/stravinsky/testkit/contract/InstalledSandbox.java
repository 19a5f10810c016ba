package dev.stravinsky.testkit.contract;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.update.RollbackRequest;
import dev.stravinsky.api.update.RollbackResult;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.Tree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/** The base of suites that install releases: two small releases, and the user's own files. */
public abstract class InstalledSandbox extends SandboxTest {

  /** A file of the user's that no release has. */
  protected final Path ownHook() {
    return sandbox.claude().resolve("hooks").resolve("own.sh");
  }

  protected final Path releasedHook() {
    return sandbox.claude().resolve("hooks").resolve("guard.sh");
  }

  /** Two hooks, a command, settings that name a hook. */
  protected final Path firstRelease() throws IOException {
    Path release = release("v1");
    hook(release, "guard.sh", "one");
    hook(release, "deep/only-in-v1.sh", "one");
    sandbox.write(release.resolve("commands/review.md"), "Review this, edition one.\n");
    sandbox.write(release.resolve("settings.json"), settings("one"));
    return release;
  }

  /** Changes, adds and drops files. */
  protected final Path secondRelease() throws IOException {
    Path release = release("v2");
    hook(release, "guard.sh", "two");
    hook(release, "only-in-v2.sh", "two");
    sandbox.write(release.resolve("commands/review.md"), "Review this, edition two.\n");
    sandbox.write(release.resolve("settings.json"), settings("two"));
    return release;
  }

  protected final Path release(String name) {
    return sandbox.root().resolve("releases").resolve(name);
  }

  protected final void hook(Path release, String path, String edition) throws IOException {
    byte[] script = ("#!/bin/sh\n# " + edition + "\nexit 0\n").getBytes(StandardCharsets.UTF_8);
    sandbox.write(release.resolve("hooks/" + path), script, 0755);
  }

  protected static String settings(String edition) {
    return """
        {
          "env": {"EDITION": "%s"},
          "hooks": {
            "PreToolUse": [
              {
                "matcher": "Bash",
                "hooks": [{"type": "command", "command": "~/.claude/hooks/guard.sh"}]
              }
            ]
          }
        }
        """
        .formatted(edition);
  }

  /** The user has a hook of their own. */
  protected final void writeOwnHook() throws IOException {
    byte[] script = "#!/bin/sh\n# mine\n".getBytes(StandardCharsets.UTF_8);
    sandbox.write(ownHook(), script, 0700);
  }

  protected final UpdateResult update(Path release, String version) throws IOException {
    return sandbox.services().updater().update(request(release, version, false), Progress.NONE);
  }

  protected final UpdateRequest request(Path release, String version, boolean dryRun) {
    return new UpdateRequest(
        release.toString(),
        Optional.of(new Version(version)),
        Scope.USER,
        ConflictPolicy.KEEP,
        Set.of(),
        true,
        dryRun);
  }

  /** The same though these checks block it. */
  protected final UpdateResult updateAccepting(Path release, String version, String... checks)
      throws IOException {
    UpdateRequest asked = request(release, version, false);
    UpdateRequest accepting =
        new UpdateRequest(
            asked.location(),
            asked.version(),
            asked.scope(),
            asked.policy(),
            Set.of(checks),
            asked.plugins(),
            asked.dryRun());
    return sandbox.services().updater().update(accepting, Progress.NONE);
  }

  protected final RollbackResult undo() throws IOException {
    return sandbox.services().updater().undo(rollback(false), Progress.NONE);
  }

  protected final RollbackResult rollbackTo(String version) throws IOException {
    return sandbox.services().updater().rollbackTo(version, rollback(false), Progress.NONE);
  }

  protected final RollbackRequest rollback(boolean exact) {
    return new RollbackRequest(Scope.USER, exact, true, false);
  }

  /** What the user's configuration is made of now. */
  protected final SortedMap<String, String> live() throws IOException {
    return Tree.of(sandbox.claude());
  }

  /** The checks that the trail says stopped what the newest event of this type is about. */
  protected final List<String> checksNamedBy(EventType type) throws IOException {
    return sandbox.services().audit().newest(type, event -> true).stream()
        .map(event -> event.content().details().getOrDefault("checks", ""))
        .flatMap(checks -> Stream.of(checks.split(", ")))
        .toList();
  }
}
