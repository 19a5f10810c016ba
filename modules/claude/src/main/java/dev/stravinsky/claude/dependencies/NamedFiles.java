package dev.stravinsky.claude.dependencies;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.Programs;
import dev.stravinsky.claude.ResultingFiles;
import dev.stravinsky.claude.ResultingFiles.Kind;
import dev.stravinsky.claude.hooks.Shebang;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the scripts and programs of one command would be there and could be started. */
final class NamedFiles {
  private static final int HEAD_BYTES = 4096;

  private final String checkId;
  private final CommandSurroundings where;
  private final ResultingFiles files;
  private final Programs programs;

  NamedFiles(String checkId, CommandSurroundings where, CheckContext context) {
    this.checkId = checkId;
    this.where = where;
    this.files = new ResultingFiles(context);
    this.programs = new Programs(context.variables(), context.userHome());
  }

  /** What the command would lack; neither file nor line are in the findings yet. */
  List<Finding> judge(NamedCommand command) throws IOException {
    CommandSurroundings.Needs needs = where.needs(command.line(), command.arguments());
    List<Finding> findings = new ArrayList<>();
    for (Need need : needs.all()) {
      switch (need) {
        case Need.Program program -> program(program.name(), command).ifPresent(findings::add);
        case Need.Script script -> {
          boolean sure =
              command.required() && !needs.conditional() && where.isAnchored(script.path());
          Optional<Path> path = where.path(script.path());
          if (path.isPresent()) {
            Severity severity = sure ? Severity.BLOCK : Severity.WARN;
            script(script, path.get(), command, severity).ifPresent(findings::add);
          }
        }
      }
    }
    return findings;
  }

  private Optional<Finding> program(String name, NamedCommand command) {
    return programs.find(name).isPresent()
        ? Optional.empty()
        : Optional.of(
            found(
                    Severity.WARN,
                    "the program \"" + name + "\" of " + command.owner() + " is not there")
                .withHint("it is not on the PATH of this shell"));
  }

  private Optional<Finding> script(
      Need.Script script, Path path, NamedCommand command, Severity severity) throws IOException {
    return switch (files.kind(path)) {
      case MISSING ->
          Optional.of(
              found(severity, "there would be no " + path + " for " + command.owner())
                  .withHint("bring the script, or take the entry out of the settings"));
      case FOLDER ->
          Optional.of(found(severity, path + " is a folder, but the script of " + command.owner()));
      case FILE ->
          script.direct()
              ? Optional.of(
                  found(severity, path + " is not executable, but started by " + command.owner())
                      .withHint("give it the mode 0755, or put its interpreter before it"))
              : Optional.empty();
      case EXECUTABLE -> script.direct() ? interpreter(path, command, severity) : Optional.empty();
    };
  }

  /** What the system would start a script with that is started itself. */
  private Optional<Finding> interpreter(Path path, NamedCommand command, Severity severity)
      throws IOException {
    Optional<Shebang> shebang = head(path).flatMap(Shebang::of);
    if (shebang.isEmpty()) {
      return Optional.empty();
    }
    String what = path + " cannot be started by " + command.owner() + ": ";
    if (shebang.get().carriageReturn()) {
      return Optional.of(
          found(severity, what + "its first line ends with a carriage return")
              .withHint("end its lines as Unix does, with a line feed alone"));
    }
    Path program = path.getFileSystem().getPath(shebang.get().path());
    if (program.isAbsolute() && files.kind(program) == Kind.MISSING) {
      return Optional.of(found(severity, what + "there is no " + program));
    }
    return shebang
        .filter(Shebang::byEnv)
        .flatMap(Shebang::interpreter)
        .filter(name -> !name.contains("/") && programs.find(name).isEmpty())
        .map(
            name ->
                found(Severity.WARN, what + "the program \"" + name + "\" is not there")
                    .withHint("it is not on the PATH of this shell"));
  }

  private Optional<byte[]> head(Path path) throws IOException {
    Optional<Path> content = files.content(path);
    if (content.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(content.get())) {
      return Optional.of(in.readNBytes(HEAD_BYTES));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Finding found(Severity severity, String message) {
    return Finding.of(checkId, severity, ErrorKind.DEPENDENCY_MISSING, message);
  }
}
