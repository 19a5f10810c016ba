package dev.stravinsky.validator;

import dev.stravinsky.api.Order;
import dev.stravinsky.api.Providers;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.check.CheckRequest;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.ValidatorProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All checks that there are, in the order in which they are reported. Built-in ones are made once.
 */
final class CheckCatalog {
  private final Supplier<List<Check>> source;
  private final ExternalValidators external;
  private List<Check> builtIn = List.of();

  /** {@code source} makes the checks that run in this process, when they are first needed. */
  CheckCatalog(Supplier<List<Check>> source, ExternalValidators external) {
    this.source = source;
    this.external = external;
  }

  /** The machine's checks, and between them those of the content by all providers. */
  static List<Check> builtIn(Services services) {
    List<Check> all = new ArrayList<>();
    MachineChecks.beforeUpdate(services).forEach(v -> all.add(Check.machine(v)));
    Providers.of(ValidatorProvider.class).stream()
        .sorted(Order.by(provider -> provider.type().getName()))
        .forEach(provider -> all.addAll(content(provider, services)));
    MachineChecks.afterUpdate(services).forEach(v -> all.add(Check.machine(v)));
    return List.copyOf(all);
  }

  /** A provider that cannot bring its checks is one check that failed, by the provider's name. */
  private static List<Check> content(
      ServiceLoader.Provider<ValidatorProvider> provider, Services services) {
    try {
      return provider.get().validators(services).stream().map(Check::content).toList();
    } catch (RuntimeException | ServiceConfigurationError | LinkageError e) {
      return List.of(Check.failing(provider.type().getName(), e));
    }
  }

  /** The checks in this process that a request asks for. */
  List<Check> own(CheckRequest request) {
    return wanted(builtIn().stream().filter(check -> runsIn(check, request)), request);
  }

  /** Whether there are others that will be waited for. */
  boolean hasOthers(CheckRequest request) {
    return asksOutside(request) && external.any(request.plugins());
  }

  /** Those of plugins and executables; waits until their processes have said what there is. */
  List<Check> others(CheckRequest request) {
    return wanted(outside(request), request);
  }

  private static List<Check> wanted(Stream<Check> checks, CheckRequest request) {
    return checks
        .filter(check -> request.only().isEmpty() || request.only().contains(check.id()))
        .toList();
  }

  /** Whoever only wants checks of this process need not wait for others to be started. */
  private boolean asksOutside(CheckRequest request) {
    return request.only().isEmpty()
        || !builtIn().stream().map(Check::id).toList().containsAll(request.only());
  }

  private Stream<Check> outside(CheckRequest request) {
    return asksOutside(request)
        ? external.validators(request.phase(), request.plugins()).stream().map(Check::external)
        : Stream.empty();
  }

  /** The ids of all checks. */
  List<String> ids(boolean plugins) {
    return Stream.concat(builtIn().stream().map(Check::id), external.ids(plugins).stream())
        .distinct()
        .toList();
  }

  void warmUp() {
    external.warmUp();
  }

  void noMoreChecks() {
    external.noMoreChecks();
  }

  private static boolean runsIn(Check check, CheckRequest request) {
    Set<Phase> phases = check.phases();
    // What is being installed is judged in staging and compared with what is there now; judging the
    // state that is about to be replaced on its own would only cost time.
    boolean judgedInStaging =
        request.phase() == Phase.PRE_UPDATE
            && check.kind() == Check.Kind.CONTENT
            && request.context().toVersion().isPresent()
            && phases.contains(Phase.STAGED);
    return phases.contains(request.phase()) && !judgedInStaging;
  }

  private synchronized List<Check> builtIn() {
    if (builtIn.isEmpty()) {
      builtIn = source.get();
    }
    return builtIn;
  }
}
