package dev.stravinsky.pluginhost;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.check.ExternalChecks;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.osgi.service.component.annotations.Component;

/** Says how the plugin host is started; reads no more than the names in the plugin folders. */
@ServiceProvider(value = ExternalChecks.Factory.class, resolution = Resolution.OPTIONAL)
@Component(service = ExternalChecks.Factory.class)
public final class PluginHostLauncher implements ExternalChecks.Factory {
  private static final String MAX_HEAP = "-Xmx256m";

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
            "-XX:-UsePerfData",
            // A plugin that eats the heap ends the host at once, with its check known by name.
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + temporary.resolve("stravinsky-plugin-host-%p.log"),
            // The VM's own words must not get between the protocol's lines.
            "-XX:+DisplayVMOutputToStderr",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED"));
    command.add("-cp");
    command.add(classPath(disk, properties));
    command.add(HostMain.class.getName());
    folders.forEach(folder -> command.add(folder.toUri().toString()));
    return command;
  }

  /** The JARs of this process: from its module path, or in tests from its class path. */
  private static String classPath(FileSystem disk, UnaryOperator<String> properties) {
    String modulePath = properties.apply("jdk.module.path");
    if (modulePath == null || modulePath.isEmpty()) {
      return properties.apply("java.class.path");
    }
    String separator = properties.apply("path.separator");
    List<String> elements = new ArrayList<>();
    for (String element : modulePath.split(separator)) {
      Path path = disk.getPath(element).toAbsolutePath();
      if (Files.isDirectory(path) && !Files.exists(path.resolve("module-info.class"))) {
        elements.add(path.resolve("*").toString());
        // Bundles that only the host needs are not on the module path, where each would be a
        // module.
        elements.add(path.resolve("bundles").resolve("*").toString());
      } else {
        elements.add(path.toString());
      }
    }
    return String.join(separator, elements);
  }
}
