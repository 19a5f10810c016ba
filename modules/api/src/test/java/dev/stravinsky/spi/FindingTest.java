package dev.stravinsky.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.error.ErrorKind;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FindingTest {
  private static Finding finding() {
    return Finding.of("hooks-syntax", Severity.BLOCK, ErrorKind.PARSE_ERROR, "a word is missing")
        .inFile(Path.of("hooks", "one.py"))
        .atLine(7)
        .withHint("add it");
  }

  @Test
  void isEqualToOneThatSaysTheSame() {
    assertThat(finding()).isEqualTo(finding()).hasSameHashCodeAs(finding());
  }

  @Test
  void eachPartOfItCounts() {
    Finding same = finding();
    Finding other =
        Finding.of("commands-parse", Severity.BLOCK, ErrorKind.PARSE_ERROR, "a word is missing")
            .inFile(Path.of("hooks", "one.py"))
            .atLine(7)
            .withHint("add it");
    assertThat(same)
        .isNotEqualTo(other)
        .isNotEqualTo(finding().withSeverity(Severity.WARN))
        .isNotEqualTo(finding().inFile(Path.of("hooks", "two.py")))
        .isNotEqualTo(finding().atLine(8))
        .isNotEqualTo(finding().withHint("take it out"))
        .isNotEqualTo(with(ErrorKind.UNKNOWN, same.message()))
        .isNotEqualTo(with(same.kind(), "two words are missing"))
        .isNotEqualTo("a finding");
  }

  private static Finding with(ErrorKind kind, String message) {
    Finding f = finding();
    return new Finding(f.checkId(), f.severity(), kind, f.file(), f.line(), message, f.hint());
  }
}
