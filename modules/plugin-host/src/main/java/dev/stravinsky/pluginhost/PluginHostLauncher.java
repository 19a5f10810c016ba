package dev.stravinsky.pluginhost;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.check.ExternalChecks;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ResolvedModule;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;

/** Says how the plugin host is started; reads no more than the names in the plugin folders. */
@ServiceProvider(value = ExternalChecks.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = ExternalChecks.Factory.class)
public final class PluginHostLauncher implements ExternalChecks.Factory {
  private static final String MAX_HEAP = "-Xmx256m";

  /** With a cache that cannot be used the host starts without, and nobody has to know. */
  private static final List<String> QUIET =
      List.of(
          "-Xlog:disable",
          "-Xlog:all=off",
          // Moving the cache to a random address costs time, compiling ahead by its profiles more.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:-AOTReplayTraining",
          // Felix calls a few methods by reflection, once: to link each as a handle takes a sixth.
          "-Djdk.reflect.useNativeAccessorOnly=true");

  /** For {@link java.util.ServiceLoader}. */
  public PluginHostLauncher() {}

  @Override
  public ExternalChecks create(Services services) {
    return () -> launch(services.environment(), System::getProperty);
  }

  static Optional<ExternalChecks.Launch> launch(
      Environment environment, UnaryOperator<String> properties) {
    List<Path> folders = List.of(environment.userPlugins(), environment.distributionPlugins());
    // A process cannot see a file system that lives in this one's memory.
    boolean reachable =
        folders.stream().allMatch(folder -> folder.toUri().getScheme().equals("file"));
    if (!reachable || PluginFolder.files(folders).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new ExternalChecks.Launch(
            command(folders, properties), Map.of(), environment.workingDirectory()));
  }

  private static List<String> command(List<Path> folders, UnaryOperator<String> properties) {
    FileSystem disk = folders.getFirst().getFileSystem();
    Path temporary = disk.getPath(properties.apply("java.io.tmpdir"));
    List<String> command = new ArrayList<>();
    command.add(disk.getPath(properties.apply("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            MAX_HEAP,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // Only what a check spends time in, not what is called some hundred times at the start.
            "-XX:CompileThresholdScaling=10",
            // Java's decimal numbers begin with powers of five of up to 150,000 bits.
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=CompileThresholdScaling,java.math.BigInteger::*,0.005",
            "-XX:-UsePerfData",
            // A plugin that eats the heap ends the host at once, with its check known by name.
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + temporary.resolve("stravinsky-plugin-host-%p.log"),
            // The VM's own words must not get between the protocol's lines.
            "-XX:+DisplayVMOutputToStderr",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    command.addAll(startUpCache(disk, properties));
    command.add("-cp");
    command.add(classPath(disk, properties));
    command.add(HostMain.class.getName());
    folders.forEach(folder -> command.add(folder.toUri().toString()));
    return command;
  }

  /**
   * The host's classes as an earlier one left them, loaded and linked: most of its start is saved.
   * The launcher of the distribution says where they are kept, and when they are to be.
   */
  private static List<String> startUpCache(FileSystem disk, UnaryOperator<String> properties) {
    Optional<String> output = Optional.ofNullable(properties.apply("stravinsky.host.cache-output"));
    Optional<String> cache = Optional.ofNullable(properties.apply("stravinsky.host.cache"));
    List<String> options = new ArrayList<>(QUIET);
    if (output.isPresent()) {
      options.add("-XX:AOTCacheOutput=" + output.get());
    } else if (cache.filter(file -> Files.exists(disk.getPath(file))).isPresent()) {
      options.add("-XX:AOTCache=" + cache.get());
    }
    return options;
  }

  /** The JARs that the host needs: from this process's modules, or in tests its class path. */
  private static String classPath(FileSystem disk, UnaryOperator<String> properties) {
    Module own = PluginHostLauncher.class.getModule();
    if (!own.isNamed()) {
      return properties.apply("java.class.path");
    }
    Set<Path> jars = new TreeSet<>();
    Configuration modules = ModuleLayer.boot().configuration();
    modules.findModule(own.getName()).ifPresent(m -> add(m, jars));
    // And whoever provides a service that the host asks for.
    Set<String> used = own.getDescriptor().uses();
    modules.modules().stream()
        .filter(m -> provided(m).anyMatch(p -> used.contains(p.service())))
        .forEach(m -> add(m, jars));
    List<String> elements = new ArrayList<>(jars.stream().map(Path::toString).toList());
    // Bundles that only the host needs are not on the module path, where each would be a module.
    for (Path folder : jars.stream().map(Path::getParent).distinct().toList()) {
      elements.add(disk.getPath(folder.toString(), "bundles", "*").toString());
    }
    return String.join(properties.apply("path.separator"), elements);
  }

  private static Stream<ModuleDescriptor.Provides> provided(ResolvedModule module) {
    return module.reference().descriptor().provides().stream();
  }

  private static void add(ResolvedModule module, Set<Path> jars) {
    Optional<URI> location = module.reference().location();
    if (location.filter(uri -> uri.getScheme().equals("file")).isPresent()
        && jars.add(Path.of(location.get()))) {
      module.reads().forEach(read -> add(read, jars));
    }
  }
}
