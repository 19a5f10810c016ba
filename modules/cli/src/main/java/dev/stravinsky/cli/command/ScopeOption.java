package dev.stravinsky.cli.command;

import dev.stravinsky.api.Scope;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.Session.ScopeName;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;

/** {@code --scope user|project}. */
final class ScopeOption {
  private final Value<ScopeName> name;

  ScopeOption(Arguments arguments) {
    this.name =
        arguments.option(
            "--scope",
            "user|project",
            ScopeName.class,
            "For you (default), or for the project that this folder belongs to.");
  }

  Scope of(Session session) throws IOException {
    return session.scope(name.or(ScopeName.user));
  }
}
