package dev.stravinsky.pluginhost;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Which files in the plugin folders count as plugins. */
final class PluginFolder {
  private PluginFolder() {}

  /**
   * Every file that is not hidden and not a README, each folder's in the order of their names, the
   * folders in theirs. Whether it is a bundle is not looked at: a file that is none is to be
   * reported.
   */
  static List<Path> files(List<Path> folders) {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders) {
      files.addAll(files(folder));
    }
    return files;
  }

  private static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, PluginFolder::isPlugin)) {
      entries.forEach(files::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      // A folder that cannot be listed must not look like an empty one: it stands for itself.
      return List.of(folder);
    }
    Collections.sort(files);
    return files;
  }

  private static boolean isPlugin(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".")
        && !name.toUpperCase(Locale.ROOT).startsWith("README")
        && !Files.isDirectory(file);
  }
}
