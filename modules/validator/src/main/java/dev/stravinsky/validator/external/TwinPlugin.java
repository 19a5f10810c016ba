package dev.stravinsky.validator.external;

import dev.stravinsky.api.check.Plugins.Plugin;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Severity;
import dev.stravinsky.spi.Validator;
import java.util.List;
import java.util.Set;

/** Stands for a plugin that does not run because another one of its name in its folder does. */
record TwinPlugin(Plugin plugin) implements Validator {

  @Override
  public String id() {
    return "plugin/" + plugin.name();
  }

  @Override
  public Set<Phase> phases() {
    return Set.of(Phase.PRE_UPDATE);
  }

  @Override
  public List<Finding> check(CheckContext context) {
    return List.of(
        Finding.of(
                id(),
                Severity.WARN,
                ErrorKind.UNKNOWN,
                "the plugin does not run: " + plugin.reason().orElse(""))
            .inFile(plugin.file())
            .withHint("delete one of the two files"));
  }
}
