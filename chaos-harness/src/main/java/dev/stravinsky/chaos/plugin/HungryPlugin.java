package dev.stravinsky.chaos.plugin;

import dev.stravinsky.spi.Phase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** The JAR of a plugin whose check is a {@link HungryCheck}. */
public final class HungryPlugin {
  static final String PHASE = "phase";
  static final String MARK = "mark";

  private static final String COMPONENT = "OSGI-INF/hungry.xml";

  private HungryPlugin() {}

  /** Whether there is a plugin host to run it: in the distribution, not in each class path. */
  public static boolean canRun() {
    ClassLoader loader = HungryPlugin.class.getClassLoader();
    return loader.getResource("dev/stravinsky/pluginhost/HostMain.class") != null
        && loader.getResource("org/apache/felix/framework/Felix.class") != null
        && loader.getResource("org/apache/felix/scr/impl/Activator.class") != null;
  }

  /**
   * Writes the plugin.
   *
   * @param phase in which it eats
   * @param mark a file that it makes before it begins
   */
  public static void write(Path jar, Phase phase, Path mark) throws IOException {
    Files.createDirectories(jar.getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream bundle = new JarOutputStream(out, manifest())) {
      add(bundle, PHASE, phase.name().getBytes(StandardCharsets.UTF_8));
      add(bundle, MARK, mark.toString().getBytes(StandardCharsets.UTF_8));
      add(bundle, COMPONENT, component().getBytes(StandardCharsets.UTF_8));
      for (Class<?> each : new Class<?>[] {HungryCheck.class, HungryPlugin.class}) {
        String name = each.getName().replace('.', '/') + ".class";
        try (InputStream in = each.getResourceAsStream("/" + name)) {
          add(bundle, name, in.readAllBytes());
        }
      }
    }
  }

  private static Manifest manifest() {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "chaos.hungry");
    main.putValue("Bundle-Version", "1.0.0");
    main.putValue(
        "Import-Package", "dev.stravinsky.api,dev.stravinsky.api.error,dev.stravinsky.spi");
    main.putValue("Service-Component", COMPONENT);
    return manifest;
  }

  private static String component() {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="hungry">
          <implementation class="dev.stravinsky.chaos.plugin.HungryCheck"/>
          <service>
            <provide interface="dev.stravinsky.spi.Validator"/>
          </service>
        </scr:component>
        """;
  }

  private static void add(JarOutputStream bundle, String name, byte[] content) throws IOException {
    bundle.putNextEntry(new JarEntry(name));
    bundle.write(content);
    bundle.closeEntry();
  }
}
