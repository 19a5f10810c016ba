package dev.stravinsky.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Targets;
import dev.stravinsky.spi.TargetProvider;
import dev.stravinsky.testkit.DefaultSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link TargetProvider} must do. */
public abstract class TargetProviderContract extends SandboxTest {

  /** The provider, made as the service loader makes it. */
  protected abstract TargetProvider provider();

  /** The provider's targets of a scope in the sandbox as it is now. */
  protected final List<Target> targets(Scope scope) throws IOException {
    return provider().targets(scope, sandbox.environment(), DefaultSettings.get());
  }

  @Test
  void id_always_isLowerCaseAndStable() {
    assertThat(provider().id()).matches("[a-z][a-z0-9-]*").isEqualTo(provider().id());
  }

  @Test
  void targets_twice_areTheSame() throws IOException {
    assertThat(targets(Scope.USER)).isEqualTo(targets(Scope.USER));
  }

  @Test
  void targets_anyScope_belongToThatScopeAndHaveDifferentNames() throws IOException {
    Scope project = Scope.project(sandbox.project());
    for (Scope scope : List.of(Scope.USER, project)) {
      assertThat(targets(scope)).allMatch(target -> target.scope().equals(scope));
      assertThat(targets(scope).stream().map(Target::name)).doesNotHaveDuplicates();
    }
  }

  @Test
  void targets_existingRoot_isItsRealPath() throws IOException {
    for (Target target : targets(Scope.USER)) {
      Files.createDirectories(target.root());
    }

    assertThat(targets(Scope.USER))
        .allSatisfy(target -> assertThat(target.root().toRealPath()).isEqualTo(target.root()));
  }

  @Test
  void targets_nothingThere_giveEmptyViewsAndMakeNothing() throws IOException {
    List<TargetView> views = Targets.live(targets(Scope.USER));

    assertThat(views).allSatisfy(view -> assertThat(view.nodes()).isEmpty());
    assertThat(provider().effectiveViews(views)).isNotNull();
  }

  @Test
  void effectiveViews_twice_areTheSameBytes() throws IOException {
    List<TargetView> views = Targets.live(targets(Scope.USER));

    assertThat(provider().effectiveViews(views))
        .usingRecursiveComparison()
        .isEqualTo(provider().effectiveViews(views));
  }
}
