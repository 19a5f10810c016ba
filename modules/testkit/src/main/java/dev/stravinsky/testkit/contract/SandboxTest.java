package dev.stravinsky.testkit.contract;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The base of contract suites: a fresh {@link #sandbox} for each test. The implementation's test
 * says which: {@code Sandbox.inMemory()}, or {@code Sandbox.onDisk(directory)}.
 */
public abstract class SandboxTest {
  protected Sandbox sandbox;

  @BeforeEach
  void openSandbox(@TempDir Path directory) throws IOException {
    sandbox = open(directory);
  }

  @AfterEach
  void closeSandbox() throws IOException {
    sandbox.close();
  }

  /** A new sandbox; {@code emptyDir} is an empty directory on the real disk. */
  protected abstract Sandbox open(Path emptyDir) throws IOException;
}
