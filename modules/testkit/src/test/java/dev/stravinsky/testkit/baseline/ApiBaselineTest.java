package dev.stravinsky.testkit.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import aQute.bnd.service.diff.Delta;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.Sandbox;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What plugins are compiled against does not break between two major versions. The baselines are in
 * the modules' folders; CONTRIBUTING.md says when they are renewed.
 */
class ApiBaselineTest {
  private static final String RENEW = "stravinsky.baseline.renew";

  /** What is published, each found by a class in it. */
  private enum Published {
    API("api", Validator.class),
    TESTKIT("testkit", Sandbox.class);

    private final String module;
    private final Path bundle;

    Published(String module, Class<?> member) {
      this.module = module;
      this.bundle =
          Path.of(
              URI.create(member.getProtectionDomain().getCodeSource().getLocation().toString()));
    }

    Path baseline() {
      return Path.of("..", module, "baseline.txt");
    }
  }

  @ParameterizedTest
  @EnumSource
  void published_comparedWithItsBaseline_hasTheVersionThatItsChangesAskFor(Published published)
      throws Exception {
    Signature now = Signature.of(published.bundle);
    String version = version(published.bundle);
    if (Boolean.getBoolean(RENEW)) {
      List<String> lines = new ArrayList<>(List.of(version + " unreleased"));
      lines.addAll(now.lines());
      Files.write(published.baseline(), lines);
    }
    List<String> baseline = Files.readAllLines(published.baseline());
    Signature before = Signature.read(baseline.subList(1, baseline.size()));

    assertThat(now.elements()).isNotEmpty();
    assertThat(now.changesFrom(before).entrySet())
        .as(
            "changes in %s that %s does not allow after %s; if they are meant, see CONTRIBUTING.md",
            published.module, version, baseline.getFirst())
        .allMatch(change -> allows(baseline.getFirst(), version, change.getValue()));
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.0, 1.2.0, MINOR, false",
    "1.2.0, 1.2.9, MINOR, false",
    "1.2.0, 1.3.0, MINOR, true",
    "1.2.0, 1.3.0, MAJOR, false",
    "1.2.0, 2.0.0, MAJOR, true",
    "0.1.0 unreleased, 0.1.0, MINOR, true",
    "0.1.0 unreleased, 0.1.0, MAJOR, false",
  })
  void version_withAChange_hasToGrow(String baseline, String now, Delta change, boolean allowed) {
    assertThat(allows(baseline, now, change)).isEqualTo(allowed);
  }

  @Test
  void changes_ofTypesAndMembers_areWhatTheyMean() throws Exception {
    Signature before =
        Signature.read(
            List.of(
                "MAJOR a.Gone",
                "MAJOR a.Gone METHOD x() void",
                "MAJOR a.Kept",
                "MAJOR a.Kept METHOD y() int",
                "MAJOR a.Kept METHOD z() int"));
    Signature now =
        Signature.read(
            List.of("MAJOR a.Kept", "MAJOR a.Kept METHOD y() int", "MAJOR a.Kept METHOD z() long"));

    assertThat(now.changesFrom(before))
        .containsEntry("removed: a.Gone", Delta.MAJOR)
        .containsEntry("removed: a.Kept METHOD z() int", Delta.MAJOR)
        .containsEntry("added: a.Kept METHOD z() long", Delta.MINOR)
        .hasSize(3);
  }

  /** A baseline that is not released yet takes additions as they come. */
  private static boolean allows(String baseline, String now, Delta change) {
    String[] before = baseline.split("[. ]");
    String[] after = now.split("[.]");
    boolean major = Integer.parseInt(after[0]) > Integer.parseInt(before[0]);
    boolean minor = major || Integer.parseInt(after[1]) > Integer.parseInt(before[1]);
    return change == Delta.MAJOR ? major : minor || baseline.endsWith(" unreleased");
  }

  private static String version(Path bundle) throws Exception {
    URI manifest =
        Files.isDirectory(bundle)
            ? bundle.resolve("META-INF/MANIFEST.MF").toUri()
            : URI.create("jar:" + bundle.toUri() + "!/META-INF/MANIFEST.MF");
    try (InputStream in = manifest.toURL().openStream()) {
      return new Manifest(in).getMainAttributes().getValue("Bundle-Version");
    }
  }
}
