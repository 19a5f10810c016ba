package dev.stravinsky.dist.hostile;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * An activator that is its own validator, with its class's name in lower case as id. It wants to be
 * asked before the swap and after it, or, where a file {@code only-afterwards} is in the home, only
 * after it.
 */
public abstract class Registering implements BundleActivator, Validator {

  @Override
  public void start(BundleContext context) throws Exception {
    context.registerService(Validator.class, this, null);
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public String id() {
    return idOf(getClass());
  }

  /** The id that the plugin of a class has. */
  public static String idOf(Class<?> plugin) {
    return plugin.getSimpleName().toLowerCase(Locale.ROOT);
  }

  @Override
  public Set<Phase> phases() {
    return Files.exists(Path.of(System.getenv("HOME"), "only-afterwards"))
        ? Set.of(Phase.POST_UPDATE)
        : Set.of(Phase.STAGED, Phase.POST_UPDATE);
  }

  @Override
  public Duration timeLimit() {
    return Duration.ofSeconds(60);
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    return List.of();
  }
}
