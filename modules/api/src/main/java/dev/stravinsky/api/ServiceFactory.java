package dev.stravinsky.api;

/**
 * Builds one service for one environment. Providers are found by {@link java.util.ServiceLoader}
 * under the sub-interface that each service declares, for example {@code BackupStore.Factory};
 * another implementation is put on the module path in a provider's place.
 *
 * @param <S> the service
 */
public interface ServiceFactory<S> {
  /**
   * The service for the environment of {@code services}, from which it takes the services it needs.
   * Cheap: nothing is read or written before the first use. A service that holds resources is an
   * {@link AutoCloseable}, closed with {@code services}.
   */
  S create(Services services);
}
