package dev.stravinsky.claude.dependencies;

import dev.stravinsky.api.Scope;
import dev.stravinsky.claude.dependencies.ShellLine.Word;
import dev.stravinsky.spi.CheckContext;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a shell would know where a settings file's commands run. */
public final class CommandSurroundings {
  private final Scope scope;
  private final CheckContext context;

  /** {@code scope} is the settings file's. */
  public CommandSurroundings(Scope scope, CheckContext context) {
    this.scope = scope;
    this.context = context;
  }

  /**
   * What a command needs.
   *
   * @param conditional whether a part of the command may be meant to fail or never to run
   */
  public record Needs(List<Need> all, boolean conditional) {}

  /** What a shell's command line needs, or a program with arguments that no shell reads. */
  public Needs needs(String line, Optional<List<String>> arguments) {
    ShellLine words = arguments.isPresent() ? plain(line, arguments.get()) : parse(line);
    List<Need> all =
        words.commands().stream()
            .flatMap(command -> CommandNeeds.of(command, this::parse).stream())
            .toList();
    return new Needs(all, words.conditional());
  }

  /** The file that is meant, as far as that is known without the session's directory. */
  public Optional<Path> path(String written) {
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
  public boolean isAnchored(String written) {
    return written.startsWith("/") || written.matches("(\\./)?\\.claude/.*");
  }

  private ShellLine parse(String line) {
    return ShellLine.parse(line, this::variable, context.userHome().toString());
  }

  private ShellLine plain(String program, List<String> arguments) {
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
}
