package dev.stravinsky.claude.dependencies;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.Programs;
import dev.stravinsky.claude.SourceFile;
import dev.stravinsky.claude.imports.HookImports;
import dev.stravinsky.claude.settings.LocatedJson;
import dev.stravinsky.claude.settings.LocatedJson.NotJsonException;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The scripts and programs that settings name are there, and so is what the release asks for. */
public final class Dependencies implements Validator {
  static final int MAX_BYTES = 4 * 1024 * 1024;

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
        + " blocks; so does a program that the release requires, and a module that a Python or Node"
        + " hook imports whenever it runs. Other programs that are not on the PATH, a missing"
        + " status line script, and imports that may never be reached only warn.";
  }

  @Override
  public List<Finding> check(CheckContext context) throws IOException, InterruptedException {
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
    findings.addAll(HookImports.in(context, id()));
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
    NamedFiles files = new NamedFiles(id(), where, context);
    List<Finding> findings = new ArrayList<>();
    for (NamedCommand command : NamedCommand.in(json.root())) {
      int line = json.line(command.pointer()).orElse(1);
      files.judge(command).forEach(f -> findings.add(f.inFile(file.live()).atLine(line)));
    }
    return findings;
  }
}
