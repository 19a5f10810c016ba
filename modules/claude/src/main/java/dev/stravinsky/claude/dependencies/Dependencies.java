package dev.stravinsky.claude.dependencies;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.Programs;
import dev.stravinsky.claude.SourceFile;
import dev.stravinsky.claude.dependencies.ShellLine.Word;
import dev.stravinsky.claude.settings.LocatedJson;
import dev.stravinsky.claude.settings.LocatedJson.NotJsonException;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The scripts and programs that settings name are there, and so is what the release asks for. */
public final class Dependencies implements Validator {
  private static final int MAX_BYTES = 4 * 1024 * 1024;

  @Override
  public String id() {
    return "dependencies";
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.PRE_UPDATE, Phase.STAGED, Phase.POST_UPDATE);
  }

  @Override
  public Duration timeLimit() {
    // Generous: a busy machine is no reason to refuse an update.
    return Duration.ofSeconds(30);
  }

  @Override
  public String explanation() {
    return "A hook script that settings name and that would not be there, or could not be started,"
        + " blocks; so does a program that the release requires. Other programs that are not on the"
        + " PATH, and a missing status line script, only warn.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws IOException {
    List<Finding> findings = new ArrayList<>(required(context));
    for (SourceFile file : SourceFile.in(context, Set.of("settings"))) {
      Optional<byte[]> content = file.read(MAX_BYTES);
      if (content.isPresent() && !context.cancellation().requested()) {
        try {
          findings.addAll(named(file, LocatedJson.parse(content.get()), context));
        } catch (NotJsonException e) {
          // Told by settings-schema; such a file names nothing.
          continue;
        }
      }
    }
    return findings.stream().distinct().toList();
  }

  private List<Finding> required(CheckContext context) {
    Programs programs = new Programs(context.variables(), context.userHome());
    return context.requiredCommands().stream()
        .distinct()
        .filter(name -> programs.find(name).isEmpty())
        .map(
            name ->
                Finding.of(
                        id(),
                        Severity.BLOCK,
                        ErrorKind.DEPENDENCY_MISSING,
                        "the release needs the program \"" + name + "\", which is not on the PATH")
                    .withHint("install " + name + ", then type the command again"))
        .toList();
  }

  private List<Finding> named(SourceFile file, LocatedJson json, CheckContext context)
      throws IOException {
    CommandSurroundings where = new CommandSurroundings(file.view().target().scope(), context);
    List<Finding> findings = new ArrayList<>();
    for (NamedCommand command : NamedCommand.in(json.root())) {
      ShellLine line =
          command.arguments().isPresent()
              ? where.plain(command.line(), command.arguments().get())
              : where.parse(command.line());
      for (List<Word> words : line.commands()) {
        for (Need need : CommandNeeds.of(words, where::parse)) {
          judge(need, command, line.conditional(), where)
              .map(finding -> finding.inFile(file.live()))
              .map(finding -> finding.atLine(json.line(command.pointer()).orElse(1)))
              .ifPresent(findings::add);
        }
      }
    }
    return findings;
  }

  private Optional<Finding> judge(
      Need need, NamedCommand command, boolean conditional, CommandSurroundings where)
      throws IOException {
    return switch (need) {
      case Need.Program program ->
          where.programs().find(program.name()).isPresent()
              ? Optional.empty()
              : Optional.of(
                  found(Severity.WARN, command, "the program \"" + program.name() + "\" of ")
                      .withHint("it is not on the PATH of this shell"));
      case Need.Script script -> {
        Optional<Path> path = where.path(script.path());
        boolean sure = command.required() && !conditional && where.isAnchored(script.path());
        yield path.isEmpty() ? Optional.empty() : script(script, path.get(), command, sure, where);
      }
    };
  }

  private Optional<Finding> script(
      Need.Script script, Path path, NamedCommand command, boolean sure, CommandSurroundings where)
      throws IOException {
    Severity severity = sure ? Severity.BLOCK : Severity.WARN;
    return switch (where.files().kind(path)) {
      case MISSING ->
          Optional.of(
              found(severity, command, "there would be no " + path + " for ")
                  .withHint("bring the script, or take the entry out of the settings"));
      case FOLDER ->
          Optional.of(found(severity, command, path + " is a folder, but the script of "));
      case FILE ->
          script.direct()
              ? Optional.of(
                  found(severity, command, path + " is not executable, but started by ")
                      .withHint("give it the mode 0755, or put its interpreter before it"))
              : Optional.empty();
      case EXECUTABLE -> Optional.empty();
    };
  }

  private Finding found(Severity severity, NamedCommand command, String what) {
    String tail = what.startsWith("the program") ? " is not there" : "";
    return Finding.of(id(), severity, ErrorKind.DEPENDENCY_MISSING, what + command.owner() + tail);
  }

  /** What a shell would know where the command runs. */
  private record CommandSurroundings(
      Scope scope, CheckContext context, Programs programs, ResultingFiles files) {

    CommandSurroundings(Scope scope, CheckContext context) {
      this(
          scope,
          context,
          new Programs(context.variables(), context.userHome()),
          new ResultingFiles(context));
    }

    ShellLine parse(String line) {
      return ShellLine.parse(line, this::variable, context.userHome().toString());
    }

    /** A program with arguments that no shell reads. */
    ShellLine plain(String program, List<String> arguments) {
      List<Word> words =
          Stream.concat(Stream.of(program), arguments.stream())
              .map(text -> parse("\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\""))
              .flatMap(line -> line.commands().stream())
              .map(List::getFirst)
              .toList();
      return new ShellLine(List.of(words), false);
    }

    private Optional<String> variable(String name) {
      return switch (name) {
        case "HOME" -> Optional.of(context.userHome().toString());
        case "CLAUDE_PROJECT_DIR" ->
            scope instanceof Scope.Project project
                ? Optional.of(project.root().toString())
                : Optional.empty();
        case "CLAUDE_CONFIG_DIR", "USER" -> Optional.ofNullable(context.variables().get(name));
        default -> Optional.empty();
      };
    }

    /** The file that is meant, as far as that is known without the session's directory. */
    Optional<Path> path(String written) {
      try {
        Path path = context.userHome().getFileSystem().getPath(written);
        if (path.isAbsolute()) {
          return Optional.of(path.normalize());
        }
        return scope instanceof Scope.Project project
            ? Optional.of(project.root().resolve(path).normalize())
            : Optional.empty();
      } catch (InvalidPathException e) {
        return Optional.empty();
      }
    }

    /** Whether the path means the same file wherever a session was started in its project. */
    boolean isAnchored(String written) {
      return written.startsWith("/") || written.matches("(\\./)?\\.claude/.*");
    }
  }
}
