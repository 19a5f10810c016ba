package dev.stravinsky.claude.dependencies;

import dev.stravinsky.claude.RealPlace;
import dev.stravinsky.claude.SourceFile;
import dev.stravinsky.claude.settings.LocatedJson;
import dev.stravinsky.claude.settings.LocatedJson.NotJsonException;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How settings start scripts. */
public final class ScriptRuns {
  private final Map<Path, Set<Run>> runs = new LinkedHashMap<>();
  private final List<String> lines = new ArrayList<>();

  private ScriptRuns() {}

  /**
   * One way in which a script is started.
   *
   * @param reader the program that reads it, as it is written; empty if it is started itself
   * @param required whether Claude Code does less than it is told to without it
   */
  public record Run(String reader, boolean required) {

    /** Whether {@code uv} starts it, which provides packages of its own. */
    public boolean byUv() {
      return reader.equals("uv") || reader.equals("uvx") || bringsPackages();
    }

    /** Whether the command itself names packages that {@code uv} is to provide. */
    public boolean bringsPackages() {
      return reader.equals(CommandNeeds.UV_WITH_PACKAGES);
    }
  }

  /** Reads all settings; one that is no JSON starts nothing. */
  public static ScriptRuns in(CheckContext context) throws IOException {
    ScriptRuns runs = new ScriptRuns();
    for (SourceFile file : SourceFile.in(context, Set.of("settings"))) {
      Optional<byte[]> content = file.read(Dependencies.MAX_BYTES);
      if (content.isPresent()) {
        try {
          runs.add(file, LocatedJson.parse(content.get()), context);
        } catch (NotJsonException e) {
          // Told by settings-schema.
          continue;
        }
      }
    }
    return runs;
  }

  /** How the script at a live path is started; empty if no settings name it. */
  public Set<Run> of(Path live) {
    return runs.getOrDefault(live, Set.of());
  }

  /** The live paths of all scripts that settings start. */
  public Set<Path> scripts() {
    return runs.keySet();
  }

  /** Whether a command has these words in it, in whatever role. */
  public boolean mention(String words) {
    return lines.stream().anyMatch(line -> line.contains(words));
  }

  private void add(SourceFile file, LocatedJson json, CheckContext context) throws IOException {
    CommandSurroundings where = new CommandSurroundings(file.view().target().scope(), context);
    for (NamedCommand command : NamedCommand.in(json.root())) {
      lines.add(command.line() + " " + String.join(" ", command.arguments().orElse(List.of())));
      for (Need need : where.needs(command.line(), command.arguments()).all()) {
        if (need instanceof Need.Script script) {
          Optional<Path> path = where.path(script.path());
          if (path.isPresent()) {
            runs.computeIfAbsent(RealPlace.ofEntry(path.get()), p -> new LinkedHashSet<>())
                .add(new Run(script.reader(), command.required()));
          }
        }
      }
    }
  }
}
