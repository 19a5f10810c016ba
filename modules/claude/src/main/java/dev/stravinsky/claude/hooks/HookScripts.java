package dev.stravinsky.claude.hooks;

import dev.stravinsky.claude.SourceFile;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The files among the hooks that are programs or known data. */
public final class HookScripts {
  private static final int MAX_BYTES = 8 * 1024 * 1024;

  /** Other people's code and throw-away data, which is not Claude Code's to run. */
  private static final Set<String> FOREIGN =
      Set.of(
          "node_modules",
          ".venv",
          "venv",
          "site-packages",
          "__pycache__",
          ".git",
          ".cache",
          "cache",
          "caches",
          "logs",
          "tmp");

  private HookScripts() {}

  /** All of them, with their content; fewer where the check was cancelled. */
  public static List<Script> in(CheckContext context) throws IOException {
    Map<Path, Script> scripts = new LinkedHashMap<>();
    for (SourceFile file : SourceFile.in(context, Set.of("hooks"))) {
      if (context.cancellation().requested()) {
        break;
      }
      if (!file.isBelow(FOREIGN)) {
        read(file)
            .filter(script -> script.language() != Script.Language.NONE)
            .ifPresent(script -> scripts.putIfAbsent(file.live(), script));
      }
    }
    return List.copyOf(scripts.values());
  }

  /** A file as a script; empty if it is no file, or too large for one. */
  public static Optional<Script> read(SourceFile file) throws IOException {
    return file.read(MAX_BYTES).map(content -> Script.of(file, content));
  }
}
