package dev.stravinsky.api.check;

import dev.stravinsky.api.ServiceFactory;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import java.util.List;
import java.util.Map;

/**
 * What plugins bring, by kind: services that look like any other and whose work is done in the
 * plugin host. The host is started by the first call of one of them, or by {@link #warmUp}.
 *
 * <p>Whatever a plugin does, a call ends within the kind's time limit: with an exception that names
 * the plugin if it threw, hung, or ended the host. One that hung or ended the host is not asked
 * again by the same command.
 */
public interface PluginServices {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<PluginServices> {}

  /** Where there are no plugins, or nobody wants them. */
  PluginServices NONE =
      new PluginServices() {
        @Override
        public void warmUp() {}

        @Override
        public void noMoreChecks() {}

        @Override
        public boolean areDeclared(Class<?> kind) {
          return false;
        }

        @Override
        public <S> List<S> all(Class<S> kind) {
          return List.of();
        }
      };

  /** Starts the host in the background; does nothing if there is no plugin. */
  void warmUp();

  /**
   * No check will be asked for any more: a host that serves nothing else may end beside what
   * follows. Returns at once.
   */
  void noMoreChecks();

  /** Whether a plugin's manifest declares services of a kind; nothing is started to find out. */
  boolean areDeclared(Class<?> kind);

  /**
   * The plugins' services of a kind of {@code dev.stravinsky.spi}, in a stable order.
   *
   * <p>For {@link dev.stravinsky.spi.Validator} it waits until the host has started, and has one
   * that fails for each plugin that cannot run. For the others it only reads the plugins'
   * manifests: there is one for each plugin that declares the kind, also if that plugin cannot run.
   */
  <S> List<S> all(Class<S> kind);

  /**
   * The event that tells of a service whose failures change nothing.
   *
   * @param service the kind: {@code audit-sink}
   * @param id the service's own: of a plugin {@code plugin/} and its name
   */
  static EventDraft failed(Services services, String service, String id, Throwable failure) {
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return EventDraft.of(
            services.environment().ids().get() + "-PLUGIN_FAILED",
            EventType.PLUGIN_FAILED,
            EventStatus.FAILED,
            dev.stravinsky.api.Scope.USER.key())
        .withDetails(Map.of("plugin", id, "service", service))
        .withError(why);
  }
}
