package dev.stravinsky.claude.protections;

import dev.stravinsky.api.Presence;
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
import java.nio.file.AccessDeniedException;
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
  private final List<Changed> changed = new ArrayList<>();

  /** A guard's script that would have other content. */
  private record Changed(Guard guard, Path script, Script old, Script now) {}

  LostScripts(CheckContext context) {
    this.context = context;
    this.files = new ResultingFiles(context);
  }

  /** What of these guards, which stay, would not run. */
  List<Lost> of(List<Guard> guards) throws IOException, InterruptedException {
    for (Guard guard : guards) {
      for (Map.Entry<Path, Boolean> script : guard.scripts().entrySet()) {
        if (seen.add(script.getKey()) && isFile(script.getKey())) {
          judge(guard, script.getKey(), script.getValue());
        }
      }
    }
    syntax();
    return lost;
  }

  private static boolean isFile(Path script) throws IOException {
    try {
      return Presence.isRegularFile(script);
    } catch (AccessDeniedException e) {
      return false; // It did not run before either.
    }
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
      SourceFile.at(context, RealPlace.ofEntry(script))
          .ifPresent(
              file ->
                  changed.add(
                      new Changed(guard, script, Script.of(file, old), Script.of(file, now))));
    }
  }

  /** All at once: an interpreter's start costs more than the scripts. */
  private void syntax() throws IOException, InterruptedException {
    Map<Script, SyntaxFaults.Fault> faults = faults(changed.stream().map(Changed::now).toList());
    List<Changed> faulty = changed.stream().filter(c -> faults.containsKey(c.now())).toList();
    Set<Script> before = faults(faulty.stream().map(Changed::old).toList()).keySet();
    for (Changed each : faulty) {
      if (!before.contains(each.old())) {
        SyntaxFaults.Fault fault = faults.get(each.now());
        String message = "would have a script that does not parse: " + fault.message();
        add(each.guard(), each.script(), fault.line(), ErrorKind.PARSE_ERROR, message);
      }
    }
  }

  private Map<Script, SyntaxFaults.Fault> faults(List<Script> scripts)
      throws IOException, InterruptedException {
    return scripts.isEmpty() ? Map.of() : SyntaxFaults.of(scripts, context);
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
