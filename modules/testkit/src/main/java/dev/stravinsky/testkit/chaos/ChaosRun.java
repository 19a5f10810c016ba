package dev.stravinsky.testkit.chaos;

import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.TestAbortedException;

/** One run of a test: opens and closes its sandbox, and asks what is asked of every one. */
final class ChaosRun
    implements TestTemplateInvocationContext,
        ParameterResolver,
        TestExecutionExceptionHandler,
        AfterTestExecutionCallback,
        AfterEachCallback {
  private final Strike strike;
  private Optional<Chaos> chaos = Optional.empty();
  private boolean passed;

  ChaosRun(Strike strike) {
    this.strike = strike;
  }

  /** Whether it has ended, and well. */
  boolean passed() {
    return passed;
  }

  @Override
  public String getDisplayName(int number) {
    return strike.name();
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Chaos.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    if (chaos.isEmpty()) {
      try {
        chaos = Optional.of(new Chaos(Sandbox.inMemory(), strike));
      } catch (IOException e) {
        throw new UncheckedIOException(e); // In memory: a defect of the testkit.
      }
    }
    return chaos.get();
  }

  /** Says which fault it was, and how to see it alone. */
  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    if (failure instanceof TestAbortedException || strike.id().isEmpty()) {
      throw failure;
    }
    throw new AssertionError(named(String.valueOf(failure.getMessage())), failure);
  }

  @Override
  public void afterTestExecution(ExtensionContext context) {
    if (context.getExecutionException().isPresent()) {
      return;
    }
    Optional<String> objection = objection();
    if (objection.isPresent()) {
      throw new AssertionError(named(objection.get()));
    }
    passed = true;
  }

  private Optional<String> objection() {
    if (chaos.isEmpty() || !chaos.get().wasStruck()) {
      return Optional.of("the test has to call strike of its parameter of the type Chaos");
    }
    if (!chaos.get().leftOpen().isEmpty()) {
      return Optional.of("left open: " + chaos.get().leftOpen());
    }
    return strike.objection();
  }

  private String named(String message) {
    return message
        + "\n  in the run: "
        + strike.name()
        + strike.id().map(id -> "\n  it alone:   -Dstravinsky.chaos.only=" + id).orElse("");
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (chaos.isPresent()) {
      chaos.get().sandbox().close();
    }
  }
}
