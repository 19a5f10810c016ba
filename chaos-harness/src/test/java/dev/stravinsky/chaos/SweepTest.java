package dev.stravinsky.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every crash point and every error of every command that changes the user's files, as {@code
 * transactions.md} wants it proven; {@code -Dchaos.sweep=ALL} also tries every loss in a second
 * crash.
 */
class SweepTest {
  private static final Effort.Depth DEPTH =
      Effort.Depth.valueOf(System.getProperty("chaos.sweep", Effort.Depth.BUILD.name()));

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"DOWNLOAD", "VERIFY", "RETENTION", "AUDIT_WRITE", "AUDIT_VERIFY", "PLUGIN_INSTALL"})
  void everyCrashAndEveryError_leaveOldOrNew(Operation operation) throws IOException {
    SweepReport report = new Sweep(operation, DEPTH).run();
    System.out.println(report.line());
    assertThat(report.violations()).as(report.line()).isEmpty();
    assertThat(report.passed()).as(report.line()).isTrue();
  }
}
