package dev.stravinsky.validator;

import dev.stravinsky.api.check.CheckRunner;
import dev.stravinsky.spi.Phase;
import dev.stravinsky.spi.Validator;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.CheckIsolationContract;
import dev.stravinsky.testkit.contract.CheckRunnerContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;

class OrderedChecksTest {

  @Nested
  class OrderTest extends CheckRunnerContract {
    @Override
    protected Sandbox open(Path emptyDir) throws IOException {
      return Sandbox.inMemory();
    }

    @Override
    protected CheckRunner runner(List<Validator> content, List<Validator> external) {
      return of(content, external);
    }
  }

  @Nested
  class IsolationTest extends CheckIsolationContract {
    @Override
    protected Sandbox open(Path emptyDir) throws IOException {
      return Sandbox.inMemory();
    }

    @Override
    protected CheckRunner runner(List<Validator> content, List<Validator> external) {
      return of(content, external);
    }
  }

  private static CheckRunner of(List<Validator> content, List<Validator> external) {
    List<Check> checks = content.stream().map(Check::content).toList();
    return new OrderedChecks(new CheckCatalog(() -> checks, new Plugins(external)));
  }

  private record Plugins(List<Validator> all) implements ExternalValidators {
    @Override
    public void warmUp() {}

    @Override
    public List<Validator> validators(Phase phase, boolean plugins) {
      return all.stream().filter(v -> v.phases().contains(phase)).toList();
    }

    @Override
    public void close() {}
  }
}
