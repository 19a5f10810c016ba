package dev.stravinsky.testkit;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Home;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.Capabilities;
import dev.stravinsky.testkit.fs.FaultFileSystem;
import dev.stravinsky.testkit.fs.SimulatedPlatformFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A world of its own for one test: a user with a home and a project, the product's own folder, a
 * clock, ids in a fixed order; in memory or in an empty directory of the real disk.
 *
 * <p>{@link #services()} are the services of one command. {@link #restart} ends that command, so
 * that the next use of {@code services()} is another one that finds only what is on disk. {@link
 * #otherProcess} is a second command at the same time.
 */
public final class Sandbox implements AutoCloseable {
  private static final long FRESH_IDS = 1000;

  private final Path root;
  private final Optional<FaultFileSystem> faults;
  private final Optional<Stand> stand;
  private final SandboxClock clock = new SandboxClock();
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, String> variables = new HashMap<>();
  private final List<Services> others = new ArrayList<>();
  private Capabilities capabilities = SimulatedPlatformFiles.LINUX;
  private Path workingDirectory;
  private PlatformFiles platform;
  private Optional<Services> services = Optional.empty();

  private Sandbox(Path root, Optional<FaultFileSystem> faults, Optional<Stand> stand)
      throws IOException {
    this.root = root;
    this.faults = faults;
    this.stand = stand;
    this.platform = newPlatform();
    faults.ifPresent(files -> files.tellTimeBy(clock));
    Files.createDirectories(claude());
    Files.createDirectories(project().resolve(".claude"));
    Files.createDirectories(binaries());
    workingDirectory = userHome();
    variables.put("HOME", userHome().toString());
    variables.put("PATH", faults.isPresent() ? binaries().toString() : realPath());
    if (faults.isPresent()) {
      for (String command : List.of("sh", "bash", "env", "python3", "node", "git", "cat", "echo")) {
        withCommand(command);
      }
      linkToBinaries();
    }
  }

  /** {@code /bin/sh}, which scripts name, is there too, as on systems of today. */
  private void linkToBinaries() throws IOException {
    Path link = root.resolve("bin");
    if (!Files.isSymbolicLink(link)) {
      Files.createSymbolicLink(link, binaries());
    }
  }

  /** On a file system in memory that obeys {@link #faults()}. */
  public static Sandbox inMemory() throws IOException {
    return inMemory(FaultFileSystem.inMemory());
  }

  /** The same where names that differ only in case or Unicode form are one file. */
  public static Sandbox inMemoryFoldingNames() throws IOException {
    return inMemory(FaultFileSystem.inMemoryFoldingNames());
  }

  private static Sandbox inMemory(FaultFileSystem memory) throws IOException {
    return new Sandbox(memory.getPath("/"), Optional.of(memory), Optional.empty());
  }

  /**
   * In a directory of the real disk, which also obeys {@link #faults()}: what the plan lets pass is
   * done there. Programs are not run from it and no SQLite is, as in memory; locks are simulated.
   */
  public static Sandbox onFaultyDisk(Path emptyDir) throws IOException {
    return on(new Stand(emptyDir.toRealPath()), true);
  }

  private static Sandbox on(Stand stand, boolean faulty) throws IOException {
    if (!faulty) {
      return new Sandbox(stand.directory(), Optional.empty(), Optional.of(stand));
    }
    FaultFileSystem files = FaultFileSystem.before(FileSystems.getDefault());
    Path root = files.getPath(stand.directory().toString());
    return new Sandbox(root, Optional.of(files), Optional.of(stand));
  }

  /**
   * An equal world, with the same files, variables and ids, at the same time. On a disk it takes
   * the place of this one, with the same paths: this one may not be used until it is closed.
   */
  public Sandbox copy() throws IOException {
    if (stand.isEmpty()) {
      return on(faults().copy());
    }
    Stand copied = stand.get().occupied();
    try {
      return like(on(copied, faults.isPresent()));
    } catch (IOException | RuntimeException e) {
      copied.leave();
      throw e;
    }
  }

  /** The world with the same variables and ids, at the same time, but with these files. */
  public Sandbox on(FaultFileSystem files) throws IOException {
    return like(inMemory(files));
  }

  private Sandbox like(Sandbox copy) throws IOException {
    copy.ids.set(ids.get());
    copy.clock.setLike(clock);
    copy.capabilities = capabilities;
    copy.platform = copy.newPlatform();
    copy.variables.putAll(variables);
    copy.workingDirectory = copy.root.getFileSystem().getPath(workingDirectory.toString());
    return copy;
  }

  /** The next commands draw other ids than those that a command might have drawn before. */
  public Sandbox withFreshIds() {
    ids.addAndGet(FRESH_IDS);
    return this;
  }

  /** In a directory of the real disk, which is not removed at the end. */
  public static Sandbox onDisk(Path emptyDir) throws IOException {
    return on(new Stand(emptyDir.toRealPath()), false);
  }

  private PlatformFiles newPlatform() {
    return faults
        .<PlatformFiles>map(files -> files.newProcess().with(capabilities))
        .orElseGet(
            () ->
                ServiceLoader.load(PlatformFiles.class)
                    .findFirst()
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "a sandbox on disk needs the module \"files\" in test scope")));
  }

  private String realPath() {
    String inherited = System.getenv("PATH");
    return binaries() + ":" + (inherited == null ? "/usr/bin:/bin" : inherited);
  }

  /** The top of this world; {@code /} in memory. */
  public Path root() {
    return root;
  }

  /** The user's home directory. */
  public Path userHome() {
    return root.resolve("home").resolve("tester");
  }

  /** The user's configuration, {@code ~/.claude}; exists. */
  public Path claude() {
    return userHome().resolve(".claude");
  }

  /** A project's root; its {@code .claude} exists. It is not the working directory at first. */
  public Path project() {
    return userHome().resolve("work").resolve("project");
  }

  /** Where the product keeps its files; does not exist at first. */
  public Home home() {
    return new Home(userHome().resolve(".stravinsky").resolve("rollback"));
  }

  public SandboxClock clock() {
    return clock;
  }

  /** Where the sandbox's own programs are, on its {@code PATH}. */
  public Path binaries() {
    return root.resolve("usr").resolve("bin");
  }

  /**
   * The file system that fails as told.
   *
   * @throws IllegalStateException on the real disk, which cannot, but for {@link #onFaultyDisk}
   */
  public FaultFileSystem faults() {
    return faults.orElseThrow(() -> new IllegalStateException("the real disk obeys no plan"));
  }

  public boolean isInMemory() {
    return faults.isPresent() && stand.isEmpty();
  }

  /** The environment of the command that {@link #services()} belong to. */
  public Environment environment() {
    return environment(platform, "stravinsky test");
  }

  /** The same world for another process. */
  public Environment otherEnvironment() {
    return environment(newPlatform(), "stravinsky other");
  }

  private Environment environment(PlatformFiles files, String command) {
    Supplier<String> nextId = () -> "id%06d".formatted(ids.incrementAndGet());
    return new Environment(
        home(),
        userHome().resolve(".stravinsky"),
        userHome(),
        workingDirectory,
        root.resolve("opt").resolve("stravinsky"),
        variables,
        (Clock) clock,
        nextId,
        "sandbox",
        "tester",
        command,
        files);
  }

  /** The services of the command that runs now; closed with the sandbox. */
  public Services services() {
    if (services.isEmpty()) {
      services = Optional.of(Services.in(environment()));
    }
    return services.get();
  }

  /** The services of a second command that runs at the same time; closed with the sandbox. */
  public Services otherProcess() {
    Services other = Services.in(otherEnvironment());
    others.add(other);
    return other;
  }

  /** Ends the command that runs and begins another: nothing is known but what is on disk. */
  public Sandbox restart() throws IOException {
    if (services.isPresent()) {
      Services ended = services.get();
      services = Optional.empty();
      ended.close();
    }
    platform = newPlatform();
    return this;
  }

  /** The next command begins where this one was killed: nothing was closed, its locks are free. */
  public Sandbox restartAfterKill() {
    faults().revive();
    services = Optional.empty();
    platform = newPlatform();
    return this;
  }

  /** From now on commands see a file system that can do only this; where faults can be had. */
  public Sandbox withCapabilities(Capabilities only) throws IOException {
    if (faults.isEmpty()) {
      throw new IllegalStateException("the real disk can do what it can");
    }
    capabilities = only;
    return restart();
  }

  /** The next command is typed in this directory. */
  public Sandbox workIn(Path directory) throws IOException {
    restart();
    workingDirectory = directory;
    return this;
  }

  /** The next command has this environment variable. */
  public Sandbox withVariable(String name, String value) throws IOException {
    restart();
    variables.put(name, value);
    return this;
  }

  /** Puts an executable of this name on the {@code PATH}. It can be found; in memory not run. */
  public Path withCommand(String name) throws IOException {
    return write(
        binaries().resolve(name), "#!/bin/sh\nexit 0\n".getBytes(StandardCharsets.UTF_8), 0755);
  }

  /** Writes {@code config.json}; the next command reads it. */
  public Sandbox settings(String configJson) throws IOException {
    restart();
    write(home().config(), configJson.getBytes(StandardCharsets.UTF_8), 0600);
    return this;
  }

  /** Writes a file with mode 0644; missing directories are made. */
  public Path write(Path file, String content) throws IOException {
    return write(file, content.getBytes(StandardCharsets.UTF_8), 0644);
  }

  /** Writes a file; missing directories are made. */
  public Path write(Path file, byte[] content, int mode) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(FileModes.toPermissions(mode));
    }
    return file;
  }

  /** Closes all services. What was in memory is gone, and a copy on a disk makes room again. */
  @Override
  public void close() throws IOException {
    boolean dead = faults.isPresent() && faults.get().isDead();
    if (!dead) {
      restart();
      for (Services other : others) {
        other.close();
      }
    }
    if (faults.isPresent()) {
      faults.get().close();
    }
    if (stand.isPresent()) {
      stand.get().leave();
    }
  }
}
