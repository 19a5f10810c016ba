package dev.stravinsky.claude;

import dev.stravinsky.claude.dependencies.Dependencies;
import dev.stravinsky.claude.documents.CommandsParse;
import dev.stravinsky.claude.hooks.HooksSyntax;
import dev.stravinsky.claude.protections.Protections;
import dev.stravinsky.claude.settings.SettingsSchema;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.ValidatorContract;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;

/** Every check of Claude Code's files keeps the contract of all checks. */
class ClaudeChecksTest {

  private abstract static class OnDisk extends ValidatorContract {
    @Override
    protected Sandbox open(Path emptyDir) throws IOException {
      return Sandbox.onDisk(emptyDir);
    }
  }

  private abstract static class InMemory extends ValidatorContract {
    @Override
    protected Sandbox open(Path emptyDir) throws IOException {
      return Sandbox.inMemory();
    }
  }

  @Nested
  class HooksSyntaxContractTest extends OnDisk {
    @Override
    protected Validator validator() {
      return new HooksSyntax();
    }
  }

  @Nested
  class HooksSyntaxInMemoryContractTest extends InMemory {
    @Override
    protected Validator validator() {
      return new HooksSyntax();
    }
  }

  @Nested
  class CommandsParseContractTest extends InMemory {
    @Override
    protected Validator validator() {
      return new CommandsParse();
    }
  }

  @Nested
  class SettingsSchemaContractTest extends InMemory {
    @Override
    protected Validator validator() {
      return new SettingsSchema();
    }
  }

  @Nested
  class DependenciesContractTest extends InMemory {
    @Override
    protected Validator validator() {
      return new Dependencies();
    }
  }

  @Nested
  class ProtectionsContractTest extends InMemory {
    @Override
    protected Validator validator() {
      return new Protections();
    }
  }
}
