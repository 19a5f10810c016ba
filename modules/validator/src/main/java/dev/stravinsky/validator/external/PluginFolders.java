package dev.stravinsky.validator.external;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.check.Plugins;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.validator.external.HostDescription.Hosted;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The plugins as files; what runs in them is asked of a host that is started for the question. */
final class PluginFolders implements Plugins {
  private static final String NEXT = "stravinsky plugin list";

  private final Services services;
  private final Environment environment;

  PluginFolders(Services services) {
    this.services = services;
    this.environment = services.environment();
  }

  @Override
  public List<Plugin> list() throws IOException {
    List<Path> files = new ArrayList<>(files(environment.userPlugins()));
    files.addAll(files(environment.distributionPlugins()));
    if (files.isEmpty()) {
      return List.of();
    }
    HostDescription description;
    try (PluginHost host = new PluginHost(services.externalChecks(), environment.variables())) {
      description = host.description();
    }
    List<Plugin> all = new ArrayList<>();
    for (Path file : files) {
      Optional<Plugin> hosted =
          description.plugins().stream()
              .map(Hosted::plugin)
              .filter(plugin -> plugin.file().equals(file))
              .findFirst();
      all.add(hosted.isPresent() ? named(hosted.get()) : unknown(file, description));
    }
    return all;
  }

  /** The host cannot name what it could not start or install; the file can. */
  private static Plugin named(Plugin hosted) throws IOException {
    if (!hosted.name().equals(hosted.file().getFileName().toString())) {
      return hosted;
    }
    return new Plugin(
        BundleFile.nameOf(hosted.file()).orElse(hosted.name()),
        hosted.version(),
        hosted.file(),
        hosted.state(),
        hosted.provides(),
        hosted.reason());
  }

  private static Plugin unknown(Path file, HostDescription description) throws IOException {
    Optional<String> name = BundleFile.nameOf(file);
    return new Plugin(
        name.orElse(file.getFileName().toString()),
        "",
        file,
        name.isPresent() ? State.INACTIVE : State.INVALID,
        List.of(),
        Optional.of(description.failure().orElse("the plugin host cannot run it here")));
  }

  @Override
  public Plugin install(Path bundle) throws IOException {
    BundleFile read = BundleFile.read(bundle);
    Path folder = environment.userPlugins();
    Durable.createDirectories(folder);
    List<Path> earlier = withName(read.name());
    Path file = earlier.isEmpty() ? folder.resolve(read.name() + ".jar") : earlier.getFirst();
    Durable.replace(file, read.content(), FileWrites.PRIVATE_FILE);
    for (Path other : earlier) {
      if (!other.equals(file)) {
        FileWrites.deleteIfExists(other);
      }
    }
    Durable.forceDirectory(folder);
    return list().stream()
        .filter(plugin -> plugin.file().equals(file))
        .findFirst()
        .orElseThrow(() -> new NoSuchFileException(file.toString()));
  }

  @Override
  public void remove(String name) throws IOException {
    List<Path> files = new ArrayList<>(withName(name));
    if (files.isEmpty()) {
      files(environment.userPlugins()).stream()
          .filter(file -> file.getFileName().toString().equals(name))
          .forEach(files::add);
    }
    if (files.isEmpty()) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "there is no plugin " + PlainText.line(name))
              .inFile(environment.userPlugins())
              .leaving("nothing was removed")
              .next(NEXT));
    }
    for (Path file : files) {
      FileWrites.delete(file);
    }
    Durable.forceDirectory(environment.userPlugins());
  }

  private List<Path> withName(String name) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path file : files(environment.userPlugins())) {
      if (BundleFile.nameOf(file).filter(name::equals).isPresent()) {
        found.add(file);
      }
    }
    return found;
  }

  /** The same files as the host's: not hidden, no README, no directory. */
  static List<Path> files(Path folder) throws IOException {
    List<Path> files = new ArrayList<>();
    if (!Presence.isDirectory(folder)) {
      return files;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path each : entries) {
        String name = each.getFileName().toString();
        if (!name.startsWith(".")
            && !name.toUpperCase(Locale.ROOT).startsWith("README")
            && !Files.isDirectory(each)) {
          files.add(each);
        }
      }
    }
    Collections.sort(files);
    return files;
  }
}
