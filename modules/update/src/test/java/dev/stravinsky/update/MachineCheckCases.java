package dev.stravinsky.update;

import static dev.stravinsky.update.CheckCase.never;
import static dev.stravinsky.update.CheckCase.of;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.testkit.CheckContexts;
import dev.stravinsky.testkit.DefaultSettings;
import dev.stravinsky.testkit.fs.Credentials;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.update.CheckCase.Outcome;
import dev.stravinsky.update.CheckCase.World;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** The checks of the machine and of the backups, each in the ways in which it can end. */
final class MachineCheckCases {
  private static final long MB = 1_000_000;

  private MachineCheckCases() {}

  static List<CheckCase> machine() {
    return List.of(
        of("disk-space", Outcome.PASSES, world -> needing(world, 1000)),
        of("disk-space", Outcome.WARNS, world -> needing(world, 105)),
        of("disk-space", Outcome.BLOCKS, world -> needing(world, 19)),
        of(
            "disk-space",
            Outcome.COULD_NOT_CHECK,
            world -> {
              CheckContexts context = needing(world, 1000);
              context.build();
              failing(world, Kind.STAT, "a.sh");
              return context;
            }),
        of(
            "permissions",
            Outcome.PASSES,
            world -> world.live(Phase.PRE_UPDATE).changed(List.of(world.place("a.sh")))),
        of("permissions", Outcome.WARNS, MachineCheckCases::rootOfAnother),
        of(
            "permissions",
            Outcome.BLOCKS,
            world -> rootOfAnother(world).changed(List.of(world.place("a.sh")))),
        never("permissions", Outcome.COULD_NOT_CHECK, "not to be able to look is the finding"),
        of("file-locks", Outcome.PASSES, MachineCheckCases::replacing),
        of(
            "file-locks",
            Outcome.WARNS,
            world -> {
              lockOfAnother(world);
              return world.live(Phase.PRE_UPDATE);
            }),
        of(
            "file-locks",
            Outcome.BLOCKS,
            world -> {
              lockOfAnother(world);
              return replacing(world);
            }),
        of(
            "file-locks",
            Outcome.COULD_NOT_CHECK,
            world -> {
              world.disturb(noLocksHere());
              return replacing(world);
            }));
  }

  static List<CheckCase> backups() {
    return List.of(
        of("backup-capacity", Outcome.PASSES, world -> world.live(Phase.PRE_UPDATE)),
        of(
            "backup-capacity",
            Outcome.WARNS,
            world -> {
              byte[] noise = new byte[1_500_000];
              new Random(1).nextBytes(noise);
              world.sandbox().write(world.hooks().resolve("noise.bin"), noise, 0644);
              world.backUp("v1");
              world.sandbox().settings("{\"backup\": {\"max_total_size_mb\": 2}}");
              return world.live(Phase.PRE_UPDATE);
            }),
        of(
            "backup-capacity",
            Outcome.BLOCKS,
            world -> {
              world.sandbox().write(world.sandbox().home().backups(), "in the way");
              return world.live(Phase.PRE_UPDATE);
            }),
        of("backup-capacity", Outcome.COULD_NOT_CHECK, MachineCheckCases::unlisted),
        of(
            "previous-backups",
            Outcome.PASSES,
            world -> {
              world.backUp("v1");
              return world.live(Phase.PRE_UPDATE);
            }),
        of(
            "previous-backups",
            Outcome.WARNS,
            world -> {
              world.installedByAnother(world.backUp("v1"), "v1");
              world.sandbox().clock().advance(Duration.ofDays(1));
              world.hook("a.sh", "echo changed\n");
              world.damage(world.backUp("v2"));
              return world.live(Phase.PRE_UPDATE);
            }),
        of(
            "previous-backups",
            Outcome.BLOCKS,
            world -> {
              world.damage(world.backUp("v1"));
              return world.live(Phase.PRE_UPDATE);
            }),
        of("previous-backups", Outcome.COULD_NOT_CHECK, MachineCheckCases::unlisted));
  }

  private static CheckContexts needing(World world, long freeMb) throws IOException {
    world.sandbox().faults().pretendFreeBytes(freeMb * MB);
    return world.live(Phase.PRE_UPDATE).requiredBytes(10 * MB);
  }

  private static void failing(World world, Kind kind, String name) {
    world
        .sandbox()
        .faults()
        .plan(FaultPlan.failWhere(o -> o.kind() == kind && o.path().endsWith(name), Errno.EIO));
  }

  /** The user may write to the home, but not to the hooks. */
  private static CheckContexts rootOfAnother(World world) throws IOException {
    Files.setPosixFilePermissions(
        world.sandbox().userHome(), PosixFilePermissions.fromString("rwxrwxrwx"));
    Files.setPosixFilePermissions(world.hooks(), PosixFilePermissions.fromString("rwxr-xr-x"));
    world.sandbox().faults().actAs(new Credentials("tester", "tester"));
    return world.live(Phase.PRE_UPDATE);
  }

  private static CheckContexts replacing(World world) throws IOException {
    return world
        .live(Phase.PRE_UPDATE)
        .settings(DefaultSettings.withSafety(100, 0))
        .changed(List.of(world.place("a.sh"), world.place("new.sh")));
  }

  /** Held until the world ends. */
  private static void lockOfAnother(World world) throws IOException {
    var other = world.sandbox().otherEnvironment().platform();
    assertThat(other.tryFlock(world.hooks().resolve("a.sh"), LockMode.EXCLUSIVE)).isPresent();
  }

  private static DisturbedPlatform.Disturbance noLocksHere() {
    return new DisturbedPlatform.Disturbance() {
      @Override
      public void before(String call, List<Object> arguments) throws IOException {
        if (call.equals("lockedByOther")) {
          throw new FileSystemException("a.sh", null, "No locks available");
        }
      }
    };
  }

  private static CheckContexts unlisted(World world) throws IOException {
    world.backUp("v1");
    world.sandbox().restart();
    CheckContexts context = world.live(Phase.PRE_UPDATE);
    context.build();
    world
        .sandbox()
        .faults()
        .plan(FaultPlan.failWhere(operation -> operation.kind() == Kind.LIST, Errno.EIO));
    return context;
  }
}
