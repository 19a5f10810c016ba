package dev.stravinsky.benchmarks;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Home;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupReason;
import dev.stravinsky.api.backup.BackupRequest;
import dev.stravinsky.api.platform.PlatformFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A user with a tree of files, and the product's home beside it, in a temporary directory. */
public final class World implements AutoCloseable {
  private static final long SEED = 42;

  private final AtomicLong ids = new AtomicLong();
  private final Path top;
  private Services services;

  private World(Path top) {
    this.top = top;
    this.services = Services.in(environment());
  }

  /** With so many files, the same ones each time. */
  public static World create(int files) throws IOException {
    World world = new World(Files.createTempDirectory("stravinsky-benchmark").toRealPath());
    Files.createDirectories(world.files());
    GeneratedTree.write(world.files(), files, SEED);
    return world;
  }

  /** The user's hooks: the tree that is backed up. */
  Path files() {
    return claude().resolve("hooks");
  }

  Path claude() {
    return top.resolve(".claude");
  }

  /** Beside what is the user's and the product's. */
  Path beside(String name) {
    return top.resolve(name);
  }

  Target hooks() {
    return Target.tree("hooks", Scope.USER, files());
  }

  /** Writes {@code config.json}; what is asked next reads it. */
  void settings(String json) throws IOException {
    services.close();
    Path config = new Home(home().resolve("rollback")).config();
    Files.createDirectories(config.getParent());
    Files.writeString(config, json);
    services = Services.in(environment());
  }

  public Services services() {
    return services;
  }

  /** Forgets every backup, as on the first day. */
  void forgetBackups() throws IOException {
    services.close();
    delete(home());
    services = Services.in(environment());
  }

  /** Backs the tree up as it is. */
  public Backup backUp(String version) throws IOException {
    return services
        .backups()
        .create(
            new BackupRequest(
                Scope.USER,
                new Version(version),
                BackupReason.MANUAL,
                List.of(TargetWalk.live(hooks())),
                Optional.empty(),
                false),
            Progress.NONE);
  }

  private Path home() {
    return top.resolve("home");
  }

  private Environment environment() {
    PlatformFiles platform =
        ServiceLoader.load(PlatformFiles.class)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no module provides PlatformFiles"));
    return new Environment(
        new Home(home().resolve("rollback")),
        home(),
        top,
        top,
        top.resolve("installation"),
        System.getenv(),
        Clock.systemUTC(),
        () -> "id%06d".formatted(ids.incrementAndGet()),
        "benchmark",
        "benchmark",
        "benchmark",
        platform);
  }

  @Override
  public void close() throws IOException {
    services.close();
    delete(top);
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> walk = Files.walk(directory)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}
