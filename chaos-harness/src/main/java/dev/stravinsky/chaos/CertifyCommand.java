package dev.stravinsky.chaos;

import dev.stravinsky.chaos.certificate.Certificate;
import dev.stravinsky.chaos.certificate.CertificatePage;
import dev.stravinsky.chaos.certificate.Product;
import dev.stravinsky.chaos.ground.Ground;
import dev.stravinsky.chaos.report.ChaosReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chaos certify}. */
@Command(
    name = "certify",
    description =
        "Run a suite in memory and each cell once on a disk, and write down what was tried.",
    footer = {"", "Exit status: 0 all held, 1 something did not; the document says so either way."})
final class CertifyCommand extends ChaosCommand {
  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      defaultValue = "chaos-certificate.md",
      description = "The document; chaos-certificate.md if nothing is said.")
  Path file;

  @Option(
      names = "--suite",
      paramLabel = "NAME",
      defaultValue = "ci",
      description = "What is tried in memory: smoke, ci (the default) or full.")
  Suite suite;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed, the same counts; 1 if nothing is said.")
  long seed;

  @Option(
      names = "--disk",
      paramLabel = "DIR",
      description = "Try that disk too, each cell once; the document's if nothing is said.")
  Optional<Path> disk;

  @Option(names = "--no-disk", description = "In memory only.")
  boolean noDisk;

  @Option(
      names = "--only",
      paramLabel = "PATTERN",
      defaultValue = "",
      description = "Only cells like this, which the document then says.")
  String only;

  @Override
  int run(PrintWriter out) throws IOException {
    Path document = file.toAbsolutePath();
    Path folder = disk.map(Path::toAbsolutePath).orElse(document.getParent());
    if (suite == Suite.SOAK) {
      throw mistake("soak has no end, and so no counts: smoke, ci or full");
    }
    if (noDisk && disk.isPresent()) {
      throw mistake("--disk and --no-disk");
    }
    if (!Files.isDirectory(document.getParent()) || !noDisk && !Files.isWritable(folder)) {
      throw mistake("no folder that can be written to: " + folder);
    }
    List<ChaosReport> runs = new ArrayList<>();
    runs.add(run(suite, Ground.MEMORY, out));
    if (!noDisk) {
      Ground real = new Ground(Optional.empty(), Optional.of(folder), List.of("--disk=" + folder));
      runs.add(run(Suite.SMOKE, real, out));
    }
    Certificate certificate = new Certificate(Product.running(), only, runs, again());
    CertificatePage.write(certificate, document);
    out.println("violations: " + certificate.violations());
    out.println("certificate: " + document);
    return certificate.holds() ? 0 : 1;
  }

  private ChaosReport run(Suite tried, Ground ground, PrintWriter out) throws IOException {
    out.println("chaos: suite " + tried.id() + ", seed " + seed + ", " + ground.description());
    try (CampaignProgress progress = new CampaignProgress(out)) {
      return new Campaign(tried, seed, ground, chosen(ground), Optional.empty(), false)
          .run(progress);
    }
  }

  private Predicate<String> chosen(Ground ground) {
    Predicate<String> chosen;
    try {
      chosen = Selection.ofIds(only);
    } catch (IllegalArgumentException e) {
      throw mistake(e.getMessage(), e);
    }
    if (!Campaign.hasAny(ground, chosen)) {
      throw mistake("nothing to try is like \"" + only + "\"; see: chaos list");
    }
    return chosen;
  }

  private String again() {
    return "stravinsky chaos certify --suite "
        + suite.id()
        + " --seed "
        + seed
        + (only.isEmpty() ? "" : " --only '" + only + "'")
        + (noDisk ? " --no-disk" : " --disk DIR");
  }
}
