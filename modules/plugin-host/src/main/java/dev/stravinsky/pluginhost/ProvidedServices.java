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
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** Finds the services of {@code dev.stravinsky.spi} that a started plugin has registered. */
final class ProvidedServices {
  private static final ServiceReference<?>[] NONE = {};

  private final BundleContext context;
  private final FoundServices found;
  private final List<String> provides = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /** What is found is added to {@code found}. */
  private ProvidedServices(BundleContext context, FoundServices found) {
    this.context = context;
    this.found = found;
  }

  /** Asks a plugin's services for their names. */
  static HostedPlugin of(
      HostedPlugin plugin, Bundle bundle, BundleContext context, FoundServices found) {
    return new ProvidedServices(context, found).look(plugin, bundle);
  }

  private HostedPlugin look(HostedPlugin plugin, Bundle bundle) {
    String declared = bundle.getHeaders("").get(Constants.PROVIDE_CAPABILITY);
    // Of the bundle itself: a query by class would leave out a plugin with its own copy of the spi.
    ServiceReference<?>[] references = bundle.getRegisteredServices();
    for (ServiceReference<?> reference : references == null ? NONE : references) {
      for (String type : (String[]) reference.getProperty(Constants.OBJECTCLASS)) {
        ServiceKind.ofType(type)
            .ifPresent(kind -> look(plugin, reference, kind, declared == null ? "" : declared));
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

  private void look(
      HostedPlugin plugin, ServiceReference<?> reference, ServiceKind kind, String declared) {
    String written = kind.written();
    try {
      Object service = context.getService(reference);
      if (service == null) {
        failures.add("its " + written + " cannot be made: the service is null");
      } else if (!kind.isKindOf(service)) {
        failures.add(
            "its " + written + " is of its own copy of dev.stravinsky.spi: import the package");
      } else if (!kind.isDeclared(declared)) {
        failures.add(
            "its "
                + written
                + " is not used, since its manifest does not declare it: "
                + kind.declaration());
      } else {
        provides.add(written + ":" + add(plugin, kind, service));
      }
    } catch (Throwable e) {
      e.printStackTrace();
      failures.add("its " + written + " cannot be asked: " + Sentences.of(e));
    }
  }

  private String add(HostedPlugin plugin, ServiceKind kind, Object service) {
    if (service instanceof Validator validator && kind == ServiceKind.CHECK) {
      ProvidedCheck check = ProvidedCheck.ask(plugin.name(), validator);
      ProvidedCheck first = found.checks().putIfAbsent(check.id(), check);
      if (first != null) {
        throw new IllegalArgumentException(
            "the check " + check.id() + " is there already, from " + first.plugin());
      }
      return check.id();
    }
    String id =
        switch (kind) {
          case CHECK -> throw new ClassCastException(service.getClass().getName());
          case AUDIT_SINK -> ((AuditSink) service).id();
          case BACKUP_LISTENER -> ((BackupListener) service).id();
          case NOTIFIER -> ((Notifier) service).id();
          case RELEASE_SOURCE -> ((ReleaseSource) service).id();
          case TARGET_PROVIDER -> ((TargetProvider) service).id();
        };
    if (id == null || id.isBlank()) {
      throw new IllegalArgumentException("it has no id");
    }
    found.add(plugin.name(), kind, service);
    return id;
  }
}
