package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.backup.BackupStore.Depth;
import dev.stravinsky.api.backup.BackupStore.Prepared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store must do with a backup that is made before it is known whether it is wanted. */
public abstract class PreparedBackupContract extends BackupContract {

  @Test
  void prepare_notPublished_nobodySeesItAndNothingStays() throws IOException {
    someFiles();
    backUp("v1");
    List<Path> before = everything();
    int events = sandbox.services().audit().query(EventQuery.ALL).size();

    try (Prepared prepared = store().prepare(other(), Progress.NONE)) {
      assertThat(everything()).hasSizeGreaterThan(before.size());
      assertThat(store().list(Scope.USER)).hasSize(1);
    }

    assertThat(everything()).isEqualTo(before);
    assertThat(sandbox.services().audit().query(EventQuery.ALL)).hasSize(events);
  }

  @Test
  void prepare_published_isABackupAlsoWhenClosed() throws IOException {
    someFiles();
    Backup backup;
    try (Prepared prepared = store().prepare(other(), Progress.NONE)) {
      backup = prepared.publish();
    }

    assertThat(store().list(Scope.USER)).extracting(Backup::id).containsExactly(backup.id());
    assertThat(store().verify(backup, new Depth.Unpacked(), Progress.NONE).intact()).isTrue();
    assertThat(sandbox.services().audit().query(EventQuery.ALL)).hasSize(1);
  }

  @Test
  void prepare_sameContentAsABackup_closingLeavesThatOneAlone() throws IOException {
    someFiles();
    Backup first = backUp("v1");

    try (Prepared prepared =
        store().prepare(request("v1", BackupReason.PRE_UPDATE), Progress.NONE)) {
      assertThat(prepared.publish().id()).isEqualTo(first.id());
    }
    try (Prepared prepared =
        store().prepare(request("v1", BackupReason.PRE_UPDATE), Progress.NONE)) {
      assertThat(prepared).isNotNull();
    }

    assertThat(store().list(Scope.USER)).extracting(Backup::id).containsExactly(first.id());
  }

  private BackupRequest other() throws IOException {
    return request("v2", BackupReason.MANUAL);
  }

  private List<Path> everything() throws IOException {
    try (Stream<Path> all = Files.walk(sandbox.home().backups())) {
      return all.sorted().toList();
    }
  }
}
