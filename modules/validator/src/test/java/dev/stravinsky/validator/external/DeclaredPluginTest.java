package dev.stravinsky.validator.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.spi.AuditSink;
import dev.stravinsky.spi.Notifier;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaredPluginTest {
  private static final String NOTIFIER =
      "Bundle-SymbolicName: a.b;singleton:=true\n"
          + "Provide-Capability: other;x=1,osgi.service;objectClass:List<Strin\n"
          + " g>=\"java.lang.Runnable,dev.stravinsky.spi.Notifier\"\n";

  @TempDir Path directory;

  @Test
  void declares_kindAmongOthers_isThatKindOnly() throws Exception {
    List<DeclaredPlugin> plugins = DeclaredPlugin.read(List.of(jar("a.jar", NOTIFIER)));

    assertThat(plugins).extracting(DeclaredPlugin::name).containsExactly("a.b");
    assertThat(plugins.getFirst().declares(Notifier.class)).isTrue();
    assertThat(plugins.getFirst().declares(AuditSink.class)).isFalse();
  }

  @Test
  void declares_longerName_isAnotherKind() throws Exception {
    String like = NOTIFIER.replace("spi.Notifier", "spi.NotifierLike");

    assertThat(DeclaredPlugin.read(List.of(jar("a.jar", like))))
        .noneMatch(plugin -> plugin.declares(Notifier.class));
  }

  @Test
  void read_twoOfAName_isTheFirst() throws Exception {
    Path first = jar("a.jar", "Bundle-SymbolicName: a.b\n");

    assertThat(DeclaredPlugin.read(List.of(first, jar("b.jar", NOTIFIER))))
        .extracting(DeclaredPlugin::file)
        .containsExactly(first);
  }

  @Test
  void read_filesThatAreNoBundles_declareNothing() throws Exception {
    Path empty = Files.write(directory.resolve("empty.jar"), new byte[0]);
    Path text = Files.writeString(directory.resolve("text.jar"), "text");
    byte[] whole = Files.readAllBytes(jar("whole.jar", NOTIFIER));
    Path cut = Files.write(directory.resolve("cut.jar"), java.util.Arrays.copyOf(whole, 60));

    assertThat(
            DeclaredPlugin.read(
                List.of(empty, text, cut, directory, directory.resolve("none.jar"))))
        .isEmpty();
  }

  /** With the manifest behind another entry, as a plain zip program may put it. */
  private Path jar(String name, String headers) throws Exception {
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("a.txt"));
      zip.write("first".getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry("META-INF/MANIFEST.MF"));
      zip.write(("Manifest-Version: 1.0\n" + headers + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
