package dev.stravinsky.validator.external;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The executables of {@code ~/.stravinsky/checks.d}, each of which is a check. */
final class ChecksDirectory {
  private static final Set<String> WINDOWS_PROGRAMS = Set.of("exe", "bat", "cmd", "com");

  private final Environment environment;

  ChecksDirectory(Environment environment) {
    this.environment = environment;
  }

  /** In the order of their names; none if there is no such directory. */
  List<Validator> checks() {
    Path directory = environment.checksDirectory();
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(directory, ChecksDirectory::isProgram)) {
      entries.forEach(files::add);
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException | DirectoryIteratorException e) {
      return List.of(
          new FailedCheck("checks.d", "it cannot be listed: " + PlainText.line(e.toString())));
    }
    Collections.sort(files);
    List<Validator> checks = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Path file : files) {
      String id = "checks.d/" + withoutExtension(file.getFileName().toString());
      // Two files of one name, x.sh and x.py: the second is known by its whole name.
      String unique = ids.add(id) ? id : "checks.d/" + file.getFileName();
      ids.add(unique);
      checks.add(new ExecutableCheck(unique, file));
    }
    return checks;
  }

  private static boolean isProgram(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (name.startsWith(".") || name.endsWith("~") || !Presence.isRegularFile(file)) {
      return false;
    }
    boolean modes = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    return modes
        ? Files.isExecutable(file)
        : WINDOWS_PROGRAMS.contains(extension(name).toLowerCase(Locale.ROOT));
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? "" : name.substring(dot + 1);
  }

  private static String withoutExtension(String name) {
    int dot = name.lastIndexOf('.');
    return dot <= 0 ? name : name.substring(0, dot);
  }

  /** Whether another process can see a file: those in this process's memory it cannot. */
  static boolean isOnDisk(Path file) {
    return file.toUri().getScheme().equals("file");
  }
}
