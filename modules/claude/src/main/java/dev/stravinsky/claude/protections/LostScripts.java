package dev.stravinsky.claude.protections;

import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.claude.RealPlace;
import dev.stravinsky.claude.ResultingFiles;
import dev.stravinsky.claude.ResultingFiles.Kind;
import dev.stravinsky.claude.SourceFile;
import dev.stravinsky.claude.hooks.Script;
import dev.stravinsky.claude.hooks.SyntaxFaults;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which hooks that can block would stay in the settings, but with a script that is none. */
final class LostScripts {
  private final CheckContext context;
  private final ResultingFiles files;
  private final Set<Path> seen = new HashSet<>();
  private final List<Lost> lost = new ArrayList<>();

  LostScripts(CheckContext context) {
    this.context = context;
    this.files = new ResultingFiles(context);
  }

  /** What of these guards, which stay, would not run. */
  List<Lost> of(List<Guard> guards) throws IOException, InterruptedException {
    for (Guard guard : guards) {
      for (Map.Entry<Path, Boolean> script : guard.scripts().entrySet()) {
        if (seen.add(script.getKey()) && Files.isRegularFile(script.getKey())) {
          judge(guard, script.getKey(), script.getValue());
        }
      }
    }
    return lost;
  }

  /** The script is live: it is a loss if the result has none that runs. */
  private void judge(Guard guard, Path script, boolean direct)
      throws IOException, InterruptedException {
    Kind kind = files.kind(script);
    if (kind == Kind.MISSING || kind == Kind.FOLDER) {
      add(
          guard,
          guard.file().live(),
          guard.line(),
          ErrorKind.DEPENDENCY_MISSING,
          "would have no script: " + script);
      return;
    }
    if (direct && kind == Kind.FILE && Files.isExecutable(script)) {
      add(
          guard,
          guard.file().live(),
          guard.line(),
          ErrorKind.DEPENDENCY_MISSING,
          "could not start: " + script);
    }
    Optional<Path> place = files.content(script);
    if (place.isEmpty()) {
      return;
    }
    byte[] old = Files.readAllBytes(script);
    byte[] now = Files.readAllBytes(place.get());
    if (Arrays.equals(old, now)) {
      return;
    }
    if (isBlank(now) && !isBlank(old)) {
      add(guard, script, 1, ErrorKind.PARSE_ERROR, "would have an empty script");
    } else {
      syntax(guard, script, old, now);
    }
  }

  private void syntax(Guard guard, Path script, byte[] old, byte[] now)
      throws IOException, InterruptedException {
    Optional<SourceFile> file = SourceFile.at(context, RealPlace.ofEntry(script));
    if (file.isEmpty()) {
      return;
    }
    Script result = Script.of(file.get(), now);
    Optional<SyntaxFaults.Fault> fault = SyntaxFaults.of(result, context);
    if (fault.isPresent() && SyntaxFaults.of(Script.of(file.get(), old), context).isEmpty()) {
      String message = "would have a script that does not parse: " + fault.get().message();
      add(guard, script, fault.get().line(), ErrorKind.PARSE_ERROR, message);
    }
  }

  private void add(Guard guard, Path file, int line, ErrorKind kind, String message) {
    lost.add(
        new Lost(
            file,
            line,
            kind,
            guard.described() + " " + message,
            guard.prevents(),
            guard.file().live()));
  }

  private static boolean isBlank(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1).isBlank();
  }
}
