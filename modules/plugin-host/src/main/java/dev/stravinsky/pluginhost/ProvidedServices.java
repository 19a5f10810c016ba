package dev.stravinsky.pluginhost;

import dev.stravinsky.api.check.Plugins.State;
import dev.stravinsky.spi.AuditSink;
import dev.stravinsky.spi.BackupListener;
import dev.stravinsky.spi.Notifier;
import dev.stravinsky.spi.ReleaseSource;
import dev.stravinsky.spi.TargetProvider;
import dev.stravinsky.spi.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** Finds the services of {@code dev.stravinsky.spi} that a started plugin has registered. */
final class ProvidedServices {
  private static final Map<String, String> KINDS =
      Map.of(
          Validator.class.getName(), "check",
          AuditSink.class.getName(), "audit-sink",
          BackupListener.class.getName(), "backup-listener",
          Notifier.class.getName(), "notifier",
          ReleaseSource.class.getName(), "release-source",
          TargetProvider.class.getName(), "target-provider");

  private final BundleContext context;
  private final Map<String, ProvidedCheck> checks;

  /** Checks that are found are added to {@code checks}, by id. */
  ProvidedServices(BundleContext context, Map<String, ProvidedCheck> checks) {
    this.context = context;
    this.checks = checks;
  }

  HostedPlugin of(HostedPlugin plugin, Bundle bundle) {
    List<String> provides = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    // Of the bundle itself: a query by class would leave out a plugin with its own copy of the spi.
    ServiceReference<?>[] references = bundle.getRegisteredServices();
    for (ServiceReference<?> reference : references == null ? NONE : references) {
      for (String type : (String[]) reference.getProperty("objectClass")) {
        if (KINDS.containsKey(type)) {
          look(plugin, reference, type, provides, failures);
        }
      }
    }
    Optional<String> reason = Optional.empty();
    if (!failures.isEmpty()) {
      reason = Optional.of(String.join("; ", failures));
    } else if (provides.isEmpty()) {
      reason = Optional.of("it is active, but provides nothing");
    }
    return new HostedPlugin(
        plugin.name(),
        plugin.version(),
        plugin.file(),
        provides.isEmpty() && !failures.isEmpty() ? State.INACTIVE : State.ACTIVE,
        provides,
        reason,
        !failures.isEmpty());
  }

  private static final ServiceReference<?>[] NONE = {};

  private void look(
      HostedPlugin plugin,
      ServiceReference<?> reference,
      String type,
      List<String> provides,
      List<String> failures) {
    String kind = KINDS.get(type);
    try {
      Object service = context.getService(reference);
      if (service == null) {
        failures.add("its " + kind + " cannot be made: the service is null");
        return;
      }
      provides.add(kind + ":" + id(plugin, service, type));
    } catch (ClassCastException e) {
      failures.add("its " + kind + " is of its own copy of dev.stravinsky.spi: import the package");
    } catch (Throwable e) {
      e.printStackTrace();
      failures.add("its " + kind + " cannot be asked: " + Sentences.of(e));
    }
  }

  private String id(HostedPlugin plugin, Object service, String type) {
    if (type.equals(Validator.class.getName())) {
      ProvidedCheck check = ProvidedCheck.ask(plugin.name(), (Validator) service);
      ProvidedCheck first = checks.putIfAbsent(check.id(), check);
      if (first != null) {
        throw new IllegalArgumentException(
            "the check " + check.id() + " is there already, from " + first.plugin());
      }
      return check.id();
    }
    return switch (service) {
      case AuditSink sink -> sink.id();
      case BackupListener listener -> listener.id();
      case Notifier notifier -> notifier.id();
      case ReleaseSource source -> source.id();
      case TargetProvider provider -> provider.id();
      default -> throw new ClassCastException(service.getClass().getName());
    };
  }
}
