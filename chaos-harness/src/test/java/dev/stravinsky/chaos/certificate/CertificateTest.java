package dev.stravinsky.chaos.certificate;

import static dev.stravinsky.chaos.report.SampleReports.cutShort;
import static dev.stravinsky.chaos.report.SampleReports.empty;
import static dev.stravinsky.chaos.report.SampleReports.held;
import static dev.stravinsky.chaos.report.SampleReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.chaos.report.ChaosReport;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import dev.stravinsky.chaos.report.SampleReports;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateTest {
  private static final Product PRODUCT = new Product("1.2.3", "abc");

  @TempDir Path directory;

  @Test
  void holds_eachRunHeld_only() {
    assertThat(certificate(report(killed())).holds()).isTrue();
    assertThat(certificate().holds()).isFalse();
    assertThat(certificate(cutShort(killed())).holds()).isFalse();
    assertThat(certificate(report(held("killed", 3, 2))).holds()).isFalse();
    assertThat(certificate(report(killed()), report(bad())).holds()).isFalse();
  }

  @Test
  void digest_counts_changeIt_andNothingElseDoes() {
    ChaosReport run = report(killed());
    String first = Certificate.digest(run);
    ChaosReport later =
        new ChaosReport(
            run.suite(),
            run.seed(),
            run.words(),
            run.ground(),
            "another machine",
            Instant.now(),
            Duration.ofHours(1),
            true,
            run.rows());
    assertThat(Certificate.digest(later)).isEqualTo(first);
    assertThat(Certificate.digest(report(held("killed", 3, 2)))).isNotEqualTo(first);
    assertThat(Certificate.digest(report(killed(), empty()))).isNotEqualTo(first);
  }

  @Test
  void page_violations_areFirstAndPlainText() throws IOException {
    String page = page(certificate(report(killed(), bad(), empty())));

    assertThat(page)
        .contains("**Not everything held**: 5 faults took place, 1 violations.")
        .contains("`` lost?<b> ?x? ``", "`stravinsky chaos replay update/io-error/9 --seed 42`")
        .contains("| update/killed | 10 | 3 | 3 | 0 | 0 |")
        .contains("- it has no journal: update/journal");
    assertThat(page.indexOf("## What did not hold")).isLessThan(page.indexOf("## Counts"));
  }

  @Test
  void page_allHeld_saysSo() throws IOException {
    assertThat(page(certificate(report(killed()))))
        .contains("**Everything held**: 3 faults took place, 0 violations.")
        .doesNotContain("did not hold");
  }

  @Test
  void product_itsOwnJars_areItsBuild() throws IOException {
    Path api = jar("dev.stravinsky.api-9.9.jar", "9.9");
    Path other = jar("other-1.0.jar", "1.0");

    Product product = Product.of(List.of(other, api));

    assertThat(product.version()).isEqualTo("9.9");
    assertThat(product.build()).matches("[0-9a-f]{64}").isEqualTo(Product.of(List.of(api)).build());
    Files.write(api, Files.readAllBytes(jar("dev.stravinsky.x-9.9.jar", "9.8")));
    assertThat(Product.of(List.of(api)).build()).isNotEqualTo(product.build());
    assertThat(Product.of(List.of(other)).version()).isEqualTo("not packaged");
  }

  private Path jar(String name, String version) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Bundle-Version", version);
    Path file = directory.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      new JarOutputStream(out, manifest).close();
    }
    return file;
  }

  private String page(Certificate certificate) throws IOException {
    Path file = directory.resolve("certificate.md");
    CertificatePage.write(certificate, file);
    return Files.readString(file);
  }

  private static Certificate certificate(ChaosReport... runs) {
    return new Certificate(PRODUCT, "", List.of(runs), "stravinsky chaos certify");
  }

  private static Row killed() {
    return SampleReports.held("killed", 3, 3);
  }

  private static Row bad() {
    return SampleReports.violated(2, "#3 WRITE", "lost\n<b> `x`");
  }
}
