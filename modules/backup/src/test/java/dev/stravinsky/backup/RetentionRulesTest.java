package dev.stravinsky.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.RetentionPlan.Decision;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The rules of retention on backups as they come: of any age, size, number and state. They are said
 * here of the outcome, with nothing of how it is found.
 */
class RetentionRulesTest {
  private static final int WORLDS = 5_000;
  private static final long MEGABYTE = 1024 * 1024;
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  /** One set of backups, newest first, what is true of them, and what is decided. */
  private record World(
      List<StoredBackup> newestFirst,
      Version installed,
      Set<StoredBackup> intact,
      Settings.Backup settings,
      OptionalInt keep,
      Set<StoredBackup> deleted) {

    boolean isInstalled(StoredBackup backup) {
      return backup.manifest().version().equals(installed);
    }

    boolean isYoung(StoredBackup backup) {
      Instant end = NOW.minus(Duration.ofDays(settings.retentionDays()));
      return backup.manifest().timestamp().isAfter(end);
    }

    Optional<StoredBackup> newestIntact() {
      return newestFirst.stream().filter(intact::contains).findFirst();
    }

    List<StoredBackup> kept() {
      return newestFirst.stream().filter(b -> !deleted.contains(b)).toList();
    }

    boolean tooMany(List<StoredBackup> backups) {
      return backups.size() > keep.orElse(settings.maxVersions());
    }

    boolean tooLarge(List<StoredBackup> backups) {
      long total = backups.stream().mapToLong(b -> b.manifest().sizeBytes()).sum();
      return total > settings.maxTotalSizeMb() * MEGABYTE;
    }

    boolean mayNeverGo(StoredBackup backup) {
      return isInstalled(backup) || newestIntact().filter(backup::equals).isPresent();
    }
  }

  @Test
  void plan_anyBackups_obeysTheRules() throws IOException {
    long seed = Long.getLong("stravinsky.seed", System.nanoTime());
    System.out.println("seed " + seed + " (again: -Dstravinsky.seed=" + seed + ")");
    Random random = new Random(seed);
    int deletions = 0;
    int youngDeletions = 0;
    try (Sandbox sandbox = Sandbox.inMemory()) {
      for (int i = 0; i < WORLDS; i++) {
        World world = world(sandbox, random);
        try {
          check(world);
        } catch (AssertionError e) {
          throw new AssertionError("world " + i + " of seed " + seed + ": " + world, e);
        }
        deletions += world.deleted().size();
        youngDeletions += (int) world.deleted().stream().filter(world::isYoung).count();
      }
    }
    // The rules are nothing where nothing is ever deleted.
    assertThat(deletions).isGreaterThan(WORLDS);
    assertThat(youngDeletions).isGreaterThan(WORLDS / 10);
  }

  private static void check(World world) {
    List<StoredBackup> kept = world.kept();
    assertThat(world.deleted()).noneMatch(world::isInstalled);
    if (world.intact().isEmpty()) {
      assertThat(world.deleted()).as("none intact, so none goes").isEmpty();
    } else {
      assertThat(kept).as("an intact one stays").anyMatch(world.intact()::contains);
    }
    for (StoredBackup each : world.deleted()) {
      int at = world.newestFirst().indexOf(each);
      List<StoredBackup> older = world.newestFirst().subList(at + 1, world.newestFirst().size());
      assertThat(older)
          .as("the oldest go first")
          .allMatch(b -> world.deleted().contains(b) || world.mayNeverGo(b));
      // What there was when its turn came.
      List<StoredBackup> then = new ArrayList<>(kept);
      world.newestFirst().subList(0, at + 1).stream()
          .filter(world.deleted()::contains)
          .forEach(then::add);
      boolean byNumber = world.tooMany(then) && (world.keep().isPresent() || !world.isYoung(each));
      assertThat(byNumber || world.tooLarge(then)).as("deleted for a reason").isTrue();
    }
    checkEnough(world);
  }

  /** No more is left than the rules allow. */
  private static void checkEnough(World world) {
    List<StoredBackup> left =
        world.kept().stream()
            .filter(b -> world.newestIntact().filter(b::equals).isEmpty())
            .toList();
    if (world.intact().isEmpty()) {
      return;
    }
    if (world.tooLarge(left)) {
      assertThat(left).as("too large").allMatch(world::isInstalled);
    }
    if (world.tooMany(left)) {
      assertThat(left)
          .as("too many")
          .allMatch(b -> world.isInstalled(b) || world.keep().isEmpty() && world.isYoung(b));
    }
  }

  private static World world(Sandbox sandbox, Random random) throws IOException {
    Settings.Backup defaults = sandbox.services().settings().backup();
    Settings.Backup settings =
        new Settings.Backup(
            1 + random.nextInt(6),
            1 + random.nextInt(800),
            1 + random.nextInt(900),
            defaults.compressionLevel(),
            defaults.verifyOnCreation(),
            defaults.spotCheckPercentage());
    List<StoredBackup> newestFirst = new ArrayList<>();
    Set<StoredBackup> intact = new HashSet<>();
    Instant time = NOW;
    int likely = random.nextInt(4);
    for (int i = random.nextInt(12); i > 0; i--) {
      time = time.minus(Duration.ofDays(random.nextInt(5) * random.nextInt(90)));
      StoredBackup backup = backup(sandbox, random, time, "v" + i);
      newestFirst.add(backup);
      if (random.nextInt(4) < likely) {
        intact.add(backup);
      }
    }
    OptionalInt keep =
        random.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(random.nextInt(5));
    Version installed = new Version("v" + random.nextInt(14));
    Set<StoredBackup> deleted = new HashSet<>();
    new Retention(settings, NOW, installed, intact::contains)
        .plan(newestFirst, List.of(), keep).decisions().stream()
            .filter(Decision::delete)
            .forEach(d -> deleted.add((StoredBackup) d.backup()));
    return new World(newestFirst, installed, intact, settings, keep, deleted);
  }

  private static StoredBackup backup(Sandbox sandbox, Random random, Instant time, String id) {
    String version = random.nextInt(3) == 0 ? "v1" : id;
    long size = random.nextInt(300) * MEGABYTE;
    BackupManifest manifest =
        new BackupManifest(
            new BackupId(id),
            new Version(version),
            time,
            "",
            "",
            BackupReason.MANUAL,
            Scope.USER,
            List.of(),
            List.of(new BackupManifest.Archive("hooks.tar.gz", size, Sha256.of(new byte[0]), 1)),
            Optional.empty(),
            false,
            TrailHead.EMPTY);
    return new StoredBackup(
        sandbox.environment(),
        sandbox.home().backups().resolve(id),
        new ManifestHead(manifest, 1, Optional.empty()));
  }
}
