package dev.stravinsky.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.chaos.certificate.CertificatePage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code chaos certify} as it is typed. */
class CertifyTest {
  private static final String SOME = "plugin-install/{killed,disk-full,power-cut}";

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void certify_twice_isTheSameButForWhatIsNamed() throws IOException {
    Path one = directory.resolve("one.md");
    Path two = Files.createDirectory(directory.resolve("other")).resolve("two.md");

    assertThat(certify(one)).as(out.toString() + err).isZero();
    assertThat(certify(two)).as(out.toString() + err).isZero();

    assertThat(constant(one)).isEqualTo(constant(two)).contains("**Everything held**");
    assertThat(constant(one))
        .contains("| in memory | smoke | 3 |", "| on a disk | smoke | 3 |")
        .contains("certify --suite smoke --seed 3 --only '" + SOME + "' --disk DIR")
        .contains("- a real disk loses nothing while the machine runs: plugin-install/power-cut")
        .containsPattern(
            "\\| plugin-install/power-cut \\| \\d+ \\| \\d+ \\| \\d+ \\| [1-9]\\d* \\| 0 \\|");
    assertThat(Files.readString(two)).contains(" at " + two.getParent());
    assertThat(directory).isDirectoryNotContaining(each -> each.toString().contains("chaos-"));
  }

  @Test
  void certify_anotherSeed_hasOtherCountsOrAtLeastAnotherDigest() throws IOException {
    Path one = directory.resolve("one.md");
    assertThat(
            types("-o", one.toString(), "--no-disk", "--suite", "smoke", "--only", "verify/lock-*"))
        .isZero();
    String first = constant(one);
    assertThat(
            types(
                "-o",
                one.toString(),
                "--no-disk",
                "--suite",
                "smoke",
                "--only",
                "verify/lock-*",
                "--seed",
                "2"))
        .isZero();
    assertThat(constant(one)).isNotEqualTo(first);
  }

  @Test
  void certify_wrongWords_areMistakes() {
    assertThat(types("--suite", "soak")).isEqualTo(2);
    assertThat(types("--no-disk", "--disk", directory.toString())).isEqualTo(2);
    assertThat(types("-o", directory.resolve("nowhere/x.md").toString())).isEqualTo(2);
    assertThat(types("-o", directory.resolve("x.md").toString(), "--only", "nothing")).isEqualTo(2);
    assertThat(directory).isEmptyDirectory();
  }

  private int certify(Path file) {
    return types("-o", file.toString(), "--suite", "smoke", "--seed", "3", "--only", SOME);
  }

  private static String constant(Path file) throws IOException {
    String page = Files.readString(file);
    return page.substring(0, page.indexOf(CertificatePage.DIFFERS));
  }

  private int types(String... words) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] all = new String[words.length + 1];
    all[0] = "certify";
    System.arraycopy(words, 0, all, 1, words.length);
    return line.execute(all);
  }
}
