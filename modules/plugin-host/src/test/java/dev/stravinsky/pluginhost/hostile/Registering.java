package dev.stravinsky.pluginhost.hostile;

import dev.stravinsky.spi.CheckContext;
import dev.stravinsky.spi.Finding;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An activator that is its own validator, with its class's name in lower case as id. */
abstract class Registering implements BundleActivator, Validator {

  @Override
  public void start(BundleContext context) throws Exception {
    context.registerService(Validator.class, this, null);
  }

  @Override
  public void stop(BundleContext context) {}

  @Override
  public String id() {
    return getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public Set<Phase> phases() {
    return EnumSet.allOf(Phase.class);
  }

  @Override
  public List<Finding> check(CheckContext context) throws Exception {
    return List.of();
  }
}
