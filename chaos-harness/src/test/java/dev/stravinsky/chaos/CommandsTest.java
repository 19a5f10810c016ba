package dev.stravinsky.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code stravinsky chaos} as it is typed. */
class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void run_onlySome_leavesTheOthersOut() {
    assertThat(types("run", "--only", "verify/lock-*", "--seed", "5")).isZero();
    assertThat(out.toString()).contains("verify/lock-held").doesNotContain("update/");
  }

  @Test
  void run_nothingToTry_isAMistake() {
    assertThat(types("run", "--only", "no-such-thing")).isEqualTo(2);
    assertThat(err.toString()).contains("nothing to try is like \"no-such-thing\"");
    assertThat(types("run", "--only", "verify/journal")).isEqualTo(2);
  }

  @Test
  void run_wrongWords_areMistakes() {
    assertThat(types("run", "--suite", "everything")).isEqualTo(2);
    assertThat(types("run", "--minutes", "0")).isEqualTo(2);
    assertThat(types("run", "--seed", "x")).isEqualTo(2);
    assertThat(types("run", "--only", "{")).isEqualTo(2);
    assertThat(types()).isEqualTo(2);
  }

  @Test
  void list_everything_namesWhatIsTriedAndWhatIsNot() {
    assertThat(types("list")).isZero();
    assertThat(out.toString()).contains("update/disk-full\n").doesNotContain("verify/journal");
    assertThat(types("list", "--empty", "verify")).isZero();
    assertThat(out.toString()).contains("verify/journal: it exchanges no files");
  }

  @Test
  void explain_aTrial_saysWhereItStrikes() {
    assertThat(types("explain", "verify/killed/0", "--seed", "3")).isZero();
    assertThat(out.toString()).contains("backup verify", "killed", "This one   #1 ");
    assertThat(types("explain", "verify/killed/99999")).isEqualTo(2);
    assertThat(types("explain", "verify/nothing")).isEqualTo(2);
  }

  @Test
  void explain_anEmptyCell_saysWhy() {
    assertThat(types("explain", "verify/journal")).isZero();
    assertThat(out.toString()).contains("Empty      it exchanges no files");
  }

  @Test
  void replay_aTrial_showsWhatWasDone() {
    assertThat(types("replay", "backup/io-error/5", "--seed", "3")).isZero();
    assertThat(out.toString())
        .contains("the command:\n  #1 ", "the command again:", "violations: 0");
  }

  @Test
  void replay_noSuchTrial_isAMistake() {
    assertThat(types("replay", "nonsense", "--seed", "3")).isEqualTo(2);
    assertThat(types("replay", "backup/io-error/99999", "--seed", "3")).isEqualTo(2);
    assertThat(types("replay", "verify/journal/0", "--seed", "3")).isEqualTo(2);
    assertThat(types("replay", "backup/io-error/5")).isEqualTo(2);
  }

  @Test
  void toxiproxy_noSuchPort_isAMistake() {
    assertThat(types("toxiproxy", "--port", "70000")).isEqualTo(2);
    assertThat(types("toxiproxy", "--host", "192.0.2.1", "--port", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("cannot listen at 192.0.2.1:0");
  }

  private int types(String... words) {
    CommandLine line = Main.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(words);
  }
}
