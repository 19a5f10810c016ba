package dev.stravinsky.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.merge.MergePlan;
import dev.stravinsky.api.merge.MergePlan.Decision;
import dev.stravinsky.api.merge.MergePlan.Outcome;
import dev.stravinsky.api.merge.MergeRequest;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.transaction.Change;
import dev.stravinsky.testkit.ReleaseFolder;
import dev.stravinsky.testkit.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The tables of {@code texts.txt} and {@code settings.txt}, each case through the merger. */
class ContentTableTest {

  @TestFactory
  Stream<DynamicTest> texts_eachCase_endsAsWritten() throws IOException {
    return tests("texts.txt");
  }

  @TestFactory
  Stream<DynamicTest> settings_eachCase_endsAsWritten() throws IOException {
    return tests("settings.txt");
  }

  @Test
  void tables_together_haveAtLeastSixtyCases() throws IOException {
    int cases = ContentCase.read("texts.txt").size() + ContentCase.read("settings.txt").size();

    assertThat(cases).isGreaterThanOrEqualTo(60);
  }

  private static Stream<DynamicTest> tests(String table) throws IOException {
    return ContentCase.read(table).stream()
        .map(c -> DynamicTest.dynamicTest(c.name(), () -> check(c)));
  }

  private static void check(ContentCase wanted) throws IOException {
    try (Sandbox sandbox = Sandbox.inMemory()) {
      Target target = target(sandbox, wanted.file());
      Path live = sandbox.claude().resolve(wanted.file());
      sandbox.write(live, wanted.yours(), 0644);
      Optional<Release> base = Optional.empty();
      if (wanted.base().isPresent()) {
        base = Optional.of(release(sandbox, "v1", wanted, wanted.base().get()));
      }
      Release incoming = release(sandbox, "v2", wanted, wanted.release());
      boolean released = base.isPresent();

      MergePlan plan =
          sandbox
              .services()
              .merger()
              .plan(
                  new MergeRequest(
                      base,
                      incoming,
                      List.of(TargetWalk.live(target).withOrigins(p -> released)),
                      wanted.policy(),
                      sandbox.root().resolve("scratch")));

      Decision decision = plan.decisions().getFirst();
      assertThat(decision.outcome()).as(decision.reason()).isEqualTo(wanted.outcome());
      assertThat(text(result(plan, live))).as(decision.reason()).isEqualTo(text(wanted.result()));
      assertThat(decision.reason()).contains(wanted.reason());
      assertThat(decision.setAside().isPresent()).isEqualTo(wanted.outcome() == Outcome.CONFLICT);
    }
  }

  private static Target target(Sandbox sandbox, String file) {
    String single = Layout.TOP_FILES.get(file);
    int slash = file.indexOf('/');
    return single == null
        ? Target.tree(
            file.substring(0, slash),
            Scope.USER,
            sandbox.claude().resolve(file.substring(0, slash)))
        : new Target(single, Scope.USER, sandbox.claude(), List.of(file));
  }

  private static Release release(
      Sandbox sandbox, String version, ContentCase wanted, byte[] content) throws IOException {
    return ReleaseFolder.in(sandbox, sandbox.root().resolve(version))
        .file(wanted.file(), content, 0644)
        .release(version);
  }

  private static byte[] result(MergePlan plan, Path live) throws IOException {
    if (plan.changes().isEmpty()) {
      return Files.readAllBytes(live);
    }
    assertThat(plan.changes()).hasSize(1);
    return Files.readAllBytes(((Change.Put) plan.changes().getFirst()).content());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
