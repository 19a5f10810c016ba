package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.audit.AuditEvent;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The backup that is made while a check in another process looks, which here waits for it. */
final class BackupAheadTest extends InstalledSandbox {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }

  @BeforeEach
  void installFirstRelease() throws IOException {
    update(firstRelease(), "v1");
    secondRelease();
    // No backup holds the live state yet.
    sandbox.write(releasedHook().resolveSibling("mine.sh"), "#!/bin/sh\n");
  }

  @Test
  void update_checkPasses_backupMadeMeanwhileIsPublishedAfterwards() throws IOException {
    checkThatWaitsForTheBackup("exit 0");

    UpdateResult result = update(release("v2"), "v2");

    assertThat(result).isInstanceOf(UpdateResult.Updated.class);
    List<EventType> newestFirst = types();
    // Of the live state and of what was installed; not before the checks had passed.
    assertThat(newestFirst.subList(0, newestFirst.indexOf(EventType.UPDATE_START)))
        .filteredOn(EventType.BACKUP_CREATED::equals)
        .hasSize(2);
  }

  @Test
  void update_checkBlocks_nothingStaysOfTheBackup() throws IOException {
    checkThatWaitsForTheBackup("kill -SEGV $$");
    List<Path> before = everything();

    UpdateResult result = update(release("v2"), "v2");

    assertThat(result).isInstanceOf(UpdateResult.Blocked.class);
    assertThat(sandbox.userHome().resolve("seen")).exists();
    assertThat(everything()).isEqualTo(before);
  }

  private void checkThatWaitsForTheBackup(String end) throws IOException {
    String script =
        String.join(
            "\n",
            "#!/bin/sh",
            "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do",
            "  if ls -d '" + sandbox.home().backups() + "'/.[!.]*; then",
            "    touch '" + sandbox.userHome().resolve("seen") + "'",
            "    " + end,
            "    exit 0",
            "  fi >&2",
            "  sleep 0.2",
            "done",
            "echo 'no backup is made' >&2",
            "kill -SEGV $$",
            "");
    sandbox.write(
        sandbox.environment().checksDirectory().resolve("waits.sh"),
        script.getBytes(StandardCharsets.UTF_8),
        0755);
  }

  private List<EventType> types() throws IOException {
    return sandbox.services().audit().query(EventQuery.ALL).stream()
        .map(AuditEvent::content)
        .map(content -> content.type())
        .toList();
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> all = Files.walk(sandbox.home().backups())) {
      return all.sorted().toList();
    }
  }
}
