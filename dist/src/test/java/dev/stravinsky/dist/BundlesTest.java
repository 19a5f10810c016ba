package dev.stravinsky.dist;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Provides;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;

/** Each core JAR is as good a bundle as it is a module, and says the same as both. */
class BundlesTest {
  private static final Pattern PROVIDED = Pattern.compile("<provide interface=\"([^\"]+)\"");

  @TempDir static Path cache;

  private static PlainFelix felix;

  @BeforeAll
  static void startFelix() throws Exception {
    felix = new PlainFelix(cache);
  }

  @AfterAll
  static void stopFelix() throws Exception {
    felix.close();
  }

  @Test
  void bundles_installed_areAllModulesOfTheTable() throws IOException {
    assertThat(felix.core().keySet())
        .extracting(ModuleDescriptor::name)
        .containsExactlyInAnyOrderElementsOf(
            ModuleTable.rows().stream().map(ModuleTable.Row::moduleName).toList());
  }

  @Test
  void manifest_exports_whatTheModuleExports() {
    felix
        .core()
        .forEach(
            (module, bundle) ->
                assertThat(capabilities(bundle, "osgi.wiring.package"))
                    .as(module.name())
                    .isEqualTo(
                        module.exports().stream()
                            .map(ModuleDescriptor.Exports::source)
                            .collect(toSet())));
  }

  @Test
  void services_ofTheModule_areInMetaInfAndTheManifestAndDeclarativeServices() {
    felix
        .core()
        .forEach(
            (module, bundle) -> {
              assertThat(metaInfServices(bundle))
                  .as(module.name())
                  .isEqualTo(
                      module.provides().stream()
                          .collect(toMap(Provides::service, Provides::providers)));
              Set<String> ours = services(module).collect(toSet());
              assertThat(capabilities(bundle, "osgi.serviceloader"))
                  .as(module.name())
                  .containsAll(ours);
              assertThat(components(bundle)).as(module.name()).isEqualTo(ours);
            });
  }

  @Test
  void bundles_inAFrameworkWithoutServices_resolve() {
    felix.framework().adapt(FrameworkWiring.class).resolveBundles(felix.core().values());

    assertThat(felix.core().values())
        .allSatisfy(
            bundle ->
                assertThat(bundle.getState())
                    .as(bundle.getSymbolicName())
                    .isGreaterThanOrEqualTo(Bundle.RESOLVED));
  }

  @Test
  void bundles_withDeclarativeServices_registerEveryProvider() throws Exception {
    felix.startAll();

    felix
        .core()
        .forEach(
            (module, bundle) -> {
              assertThat(bundle.getState()).as(module.name()).isEqualTo(Bundle.ACTIVE);
              assertThat(registered(bundle)).as(module.name()).isEqualTo(provided(module));
            });
    assertThat(felix.core().values()).flatMap(BundlesTest::registered).isNotEmpty();
  }

  /** Service and provider, as {@code module-info} names them. */
  private static Set<String> provided(ModuleDescriptor module) {
    return module.provides().stream()
        .filter(provides -> services(module).anyMatch(provides.service()::equals))
        .flatMap(p -> p.providers().stream().map(provider -> p.service() + " " + provider))
        .collect(toSet());
  }

  /** The same of what a started bundle offers, each got and so made. */
  private static Set<String> registered(Bundle bundle) {
    ServiceReference<?>[] references = bundle.getRegisteredServices();
    return Arrays.stream(references == null ? new ServiceReference<?>[0] : references)
        .flatMap(
            reference -> {
              Object provider = bundle.getBundleContext().getService(reference);
              assertThat(provider).as(reference.toString()).isNotNull();
              return Arrays.stream((String[]) reference.getProperty(Constants.OBJECTCLASS))
                  .filter(type -> type.startsWith("dev.stravinsky."))
                  .map(type -> type + " " + provider.getClass().getName());
            })
        .collect(toSet());
  }

  /** The product's own services; the JDK's are no business of an OSGi framework. */
  private static Stream<String> services(ModuleDescriptor module) {
    return module.provides().stream()
        .map(Provides::service)
        .filter(service -> service.startsWith("dev.stravinsky."));
  }

  private static Set<String> capabilities(Bundle bundle, String namespace) {
    return bundle.adapt(BundleRevision.class).getDeclaredCapabilities(namespace).stream()
        .map(capability -> (String) capability.getAttributes().get(namespace))
        .collect(toSet());
  }

  private static Map<String, List<String>> metaInfServices(Bundle bundle) {
    return entries(bundle, "META-INF/services", "*").stream()
        .collect(
            toMap(
                url -> url.getPath().replaceAll(".*/", ""),
                url -> text(url).lines().filter(line -> !line.startsWith("#")).toList()));
  }

  private static Set<String> components(Bundle bundle) {
    return entries(bundle, "OSGI-INF", "*.xml").stream()
        .flatMap(url -> PROVIDED.matcher(text(url)).results())
        .map(match -> match.group(1))
        .collect(toSet());
  }

  private static List<URL> entries(Bundle bundle, String folder, String pattern) {
    var found = bundle.findEntries(folder, pattern, false);
    return found == null ? List.of() : Collections.list(found);
  }

  private static String text(URL url) {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
