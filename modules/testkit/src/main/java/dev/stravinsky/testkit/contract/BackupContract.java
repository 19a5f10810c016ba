package dev.stravinsky.testkit.contract;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.backup.BackupStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the suites about backups have in common: a few files, and ways to back them up. */
public abstract class BackupContract extends SandboxTest {

  protected final BackupStore store() {
    return sandbox.services().backups();
  }

  protected final Path hooks() {
    return sandbox.claude().resolve("hooks");
  }

  protected final Target hooksTarget() {
    return Target.tree("hooks", Scope.USER, hooks());
  }

  protected final Target settingsTarget() {
    return new Target("settings", Scope.USER, sandbox.claude(), List.of("settings.json"));
  }

  protected final Target projectHooks() {
    return Target.tree(
        "hooks",
        Scope.project(sandbox.project()),
        sandbox.project().resolve(".claude").resolve("hooks"));
  }

  /** A few files as users have them. */
  protected final void someFiles() throws IOException {
    sandbox.write(hooks().resolve("guard.py"), "print('guard')\n".getBytes(), 0755);
    sandbox.write(hooks().resolve("lib").resolve("common.py"), "x = 1\n");
    sandbox.write(sandbox.claude().resolve("settings.json"), "{\"env\": {}}\n");
  }

  protected final List<TargetView> views() throws IOException {
    return List.of(TargetWalk.live(hooksTarget()), TargetWalk.live(settingsTarget()));
  }

  protected final BackupRequest request(String version, BackupReason reason) throws IOException {
    return request(Scope.USER, version, reason, views());
  }

  protected final BackupRequest request(
      Scope scope, String version, BackupReason reason, List<TargetView> views) {
    return new BackupRequest(scope, new Version(version), reason, views, Optional.empty(), false);
  }

  /** Backs up what is there now; each backup is a second younger than the one before. */
  protected final Backup backUp(String version) throws IOException {
    return backUp(version, BackupReason.MANUAL);
  }

  protected final Backup backUp(String version, BackupReason reason) throws IOException {
    sandbox.clock().advance(Duration.ofSeconds(1));
    return store().create(request(version, reason), Progress.NONE);
  }

  protected final List<BackupEntry> entries(Backup backup) throws IOException {
    try (Stream<BackupEntry> entries = backup.entries()) {
      return entries.toList();
    }
  }

  protected final BackupEntry entry(Backup backup, String path) throws IOException {
    return backup.entry("hooks", "global", EntryPath.of(path)).orElseThrow();
  }

  /** Turns one bit of a file round. */
  protected final void damage(Path file, long at) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[(int) at] ^= 4;
    Files.write(file, content);
  }

  protected final void damage(Backup backup) throws IOException {
    damage(backup.directory().resolve("hooks.tar.gz"), 20);
  }
}
