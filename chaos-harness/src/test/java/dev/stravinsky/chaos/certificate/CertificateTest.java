package dev.stravinsky.chaos.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.chaos.report.ChaosReport;
import dev.stravinsky.chaos.report.ChaosReport.Failure;
import dev.stravinsky.chaos.report.ChaosReport.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    assertThat(certificate(run(true, row("killed", 3, 3))).holds()).isTrue();
    assertThat(certificate().holds()).isFalse();
    assertThat(certificate(run(false, row("killed", 3, 3))).holds()).isFalse();
    assertThat(certificate(run(true, row("killed", 3, 2))).holds()).isFalse();
    assertThat(certificate(run(true, row("killed", 3, 3)), run(true, bad())).holds()).isFalse();
  }

  @Test
  void digest_counts_changeIt_andNothingElseDoes() {
    String first = Certificate.digest(run(true, row("killed", 3, 3)));
    ChaosReport later =
        new ChaosReport(
            "ci",
            7,
            List.of(),
            "in memory",
            "another machine",
            Instant.now(),
            Duration.ofHours(1),
            true,
            List.of(row("killed", 3, 3)));
    assertThat(Certificate.digest(later)).isEqualTo(first);
    assertThat(Certificate.digest(run(true, row("killed", 3, 2)))).isNotEqualTo(first);
    assertThat(Certificate.digest(run(true, row("killed", 3, 3), empty()))).isNotEqualTo(first);
  }

  @Test
  void page_violations_areFirstAndPlainText() throws IOException {
    String page = page(certificate(run(true, row("killed", 3, 3), bad(), empty())));

    assertThat(page)
        .contains("**Not everything held**: 5 faults took place, 1 violations.")
        .contains("`` lost?<b> ?x? ``", "`stravinsky chaos replay update/io-error/9 --seed 7`")
        .contains("| update/killed | 10 | 3 | 3 | 0 | 0 |")
        .contains("- it has no journal: update/journal");
    assertThat(page.indexOf("## What did not hold")).isLessThan(page.indexOf("## Counts"));
  }

  @Test
  void page_allHeld_saysSo() throws IOException {
    assertThat(page(certificate(run(true, row("killed", 3, 3)))))
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

  private static ChaosReport run(boolean complete, Row... rows) {
    return new ChaosReport(
        "ci",
        7,
        List.of(),
        "in memory",
        "a machine",
        Instant.EPOCH,
        Duration.ofSeconds(3),
        complete,
        List.of(rows));
  }

  private static Row row(String fault, int planned, int injected) {
    return new Row(
        "update",
        fault,
        10,
        planned,
        injected,
        0,
        Optional.empty(),
        List.of(),
        Duration.ofMillis(2));
  }

  private static Row bad() {
    Failure failure =
        new Failure("update/io-error/9", "#3 WRITE", true, List.of("lost\n<b> `x`"), List.of());
    return new Row(
        "update",
        "io-error",
        10,
        2,
        2,
        0,
        Optional.empty(),
        List.of(failure),
        Duration.ofMillis(2));
  }

  private static Row empty() {
    return new Row(
        "update",
        "journal",
        0,
        0,
        0,
        0,
        Optional.of("it has no journal"),
        List.of(),
        Duration.ZERO);
  }
}
