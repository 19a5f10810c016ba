package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.InstalledVersions.VersionChange;
import dev.stravinsky.api.backup.RetentionPlan;
import dev.stravinsky.api.backup.RetentionPlan.Decision;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every store must keep, and what it may delete. */
public abstract class BackupRetentionContract extends BackupContract {

  /** Backs up version after version, a day apart, each with a hook of so many bytes. */
  private void backUpDaily(int count, int bytes) throws IOException {
    someFiles();
    Random random = new Random(count);
    for (int i = 1; i <= count; i++) {
      byte[] content = new byte[bytes];
      random.nextBytes(content);
      sandbox.write(hooks().resolve("data.bin"), content, 0644);
      backUp("v" + i);
      sandbox.clock().advance(Duration.ofDays(1));
    }
  }

  private List<String> deleted(OptionalInt keep) throws IOException {
    RetentionPlan plan = store().planCleanup(Scope.USER, keep);
    assertThat(plan.decisions()).allMatch(d -> !d.reason().isEmpty());
    return plan.decisions().stream()
        .filter(Decision::delete)
        .map(d -> d.backup().id().value())
        .toList();
  }

  private void install(String version) throws IOException {
    Backup backup = store().resolve(Scope.USER, version);
    sandbox
        .services()
        .installed()
        .push(
            Scope.USER,
            new VersionChange(
                "tx-" + version,
                Version.UNTRACKED,
                new Version(version),
                backup.id(),
                backup.id(),
                sandbox.clock().instant()));
  }

  @Test
  void planCleanup_youngerThanRetention_deletesNothing() throws IOException {
    sandbox.settings("{\"format\": 1, \"backup\": {\"max_versions\": 2}}");
    backUpDaily(5, 10);

    assertThat(deleted(OptionalInt.empty())).isEmpty();
  }

  @Test
  void planCleanup_olderThanRetention_deletesTheOldestBeyondTheNumber() throws IOException {
    sandbox.settings("{\"backup\": {\"max_versions\": 2, \"retention_days\": 4}}");
    backUpDaily(5, 10);

    assertThat(deleted(OptionalInt.empty())).containsExactly("v1", "v2");
  }

  @Test
  void planCleanup_tooLarge_deletesTheOldestWhateverTheirAge() throws IOException {
    sandbox.settings("{\"backup\": {\"max_total_size_mb\": 1}}");
    backUpDaily(5, 400_000);

    assertThat(deleted(OptionalInt.empty())).containsExactly("v1", "v2", "v3");
  }

  @Test
  void planCleanup_installedVersion_isKept() throws IOException {
    sandbox.settings("{\"backup\": {\"max_total_size_mb\": 1}}");
    backUpDaily(5, 400_000);
    install("v1");

    assertThat(deleted(OptionalInt.empty())).containsExactly("v2", "v3", "v4");
    // v5 is the newest that is intact: it stays, too.
    assertThat(deleted(OptionalInt.of(1))).containsExactly("v2", "v3", "v4");
  }

  @Test
  void planCleanup_newestDamaged_keepsTheLastIntactOne() throws IOException {
    backUpDaily(3, 10);
    damage(store().resolve(Scope.USER, "v3"));
    damage(store().resolve(Scope.USER, "v2"));

    assertThat(deleted(OptionalInt.of(1))).containsExactly("v2");
  }

  @Test
  void planCleanup_nothingIntact_deletesNothing() throws IOException {
    backUpDaily(2, 10);
    damage(store().resolve(Scope.USER, "v2"));
    damage(store().resolve(Scope.USER, "v1"));

    assertThat(deleted(OptionalInt.of(1))).isEmpty();
  }

  @Test
  void cleanUp_plan_deletesAndTellsTheTrail() throws IOException {
    backUpDaily(3, 10);
    RetentionPlan plan = store().planCleanup(Scope.USER, OptionalInt.of(1));

    store().cleanUp(plan);
    store().cleanUp(plan);

    assertThat(store().list(Scope.USER)).extracting(b -> b.id().value()).containsExactly("v3");
    assertThat(sandbox.services().audit().query(EventQuery.ALL.withType(EventType.BACKUP_DELETED)))
        .hasSize(2);
  }

  @Test
  void cleanUp_installedSinceThePlan_isKept() throws IOException {
    backUpDaily(3, 10);
    RetentionPlan plan = store().planCleanup(Scope.USER, OptionalInt.of(1));
    install("v1");

    store().cleanUp(plan);

    assertThat(store().list(Scope.USER))
        .extracting(b -> b.id().value())
        .containsExactly("v3", "v1");
  }
}
