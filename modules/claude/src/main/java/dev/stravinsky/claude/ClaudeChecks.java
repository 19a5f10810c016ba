package dev.stravinsky.claude;

import aQute.bnd.annotation.Resolution;
import aQute.bnd.annotation.spi.ServiceProvider;
import dev.stravinsky.api.Services;
import dev.stravinsky.claude.dependencies.Dependencies;
import dev.stravinsky.claude.documents.CommandsParse;
import dev.stravinsky.claude.hooks.HooksSyntax;
import dev.stravinsky.claude.protections.Protections;
import dev.stravinsky.claude.settings.SettingsSchema;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.spi.ValidatorProvider;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** What makes Claude Code's files valid. */
@ServiceProvider(value = ValidatorProvider.class, resolution = Resolution.OPTIONAL)
@Component(service = ValidatorProvider.class)
public final class ClaudeChecks implements ValidatorProvider {

  /** For the service loader. */
  public ClaudeChecks() {}

  @Override
  public List<Validator> validators(Services services) {
    return List.of(
        new HooksSyntax(),
        new CommandsParse(),
        new SettingsSchema(),
        new Dependencies(),
        new Protections());
  }
}
