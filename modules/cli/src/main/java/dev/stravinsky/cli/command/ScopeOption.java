package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.Session.ScopeName;
import java.io.IOException;
import picocli.CommandLine.Option;

/** {@code --scope user|project}. */
final class ScopeOption {
  @Option(
      names = "--scope",
      paramLabel = "user|project",
      description = "For you (default), or for the project that this folder belongs to.")
  private ScopeName name = ScopeName.user;

  Scope of(Session session) throws IOException {
    return session.scope(name);
  }
}
