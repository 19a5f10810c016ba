package dev.stravinsky.testkit.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** {@link ChaosTest} as JUnit runs it: which runs there are, and which of them fail. */
class ChaosTestTest {
  private final List<String> runs = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  @Test
  void careful_eachFaultInEachPlace_passes() {
    run("careful");

    assertThat(failed).isEmpty();
    assertThat(runs.getFirst()).isEqualTo("nothing goes wrong");
    assertThat(runs)
        .contains("io-error/0: OPEN /home/tester/note", "gone/0: OPEN /home/tester/note")
        .contains(
            "wrong-bytes/0: READ /home/tester/note",
            "killed/0: #1".replace("#1", "CREATE" + " /home/tester/copy"))
        .anyMatch(name -> name.startsWith("short-write/"))
        .doesNotHaveDuplicates();
    for (ChaosFault fault : ChaosFault.values()) {
      assertThat(runs).anyMatch(name -> name.startsWith(fault.id() + "/"));
    }
  }

  @Test
  void careful_twice_hasTheSameRuns() {
    run("careful");
    List<String> first = List.copyOf(runs);
    runs.clear();
    run("careful");
    assertThat(runs).isEqualTo(first);
  }

  @Test
  void swallowing_anErrorTakenForNothing_failsInJustThoseRuns() {
    run("swallowing");

    assertThat(failed).isNotEmpty().allMatch(n -> n.matches("(io-error|permission|no-h.*)/.*"));
    assertThat(said.getFirst())
        .contains("in the run: io-error/", "-Dstravinsky.chaos.only=io-error/");
  }

  @Test
  void only_oneRun_isRunAlone() {
    System.setProperty("stravinsky.chaos.only", "io-error/1");
    try {
      run("careful");
    } finally {
      System.clearProperty("stravinsky.chaos.only");
    }
    assertThat(runs).hasSize(2).last().asString().startsWith("io-error/1: ");
  }

  @Test
  void leaking_whenAReadFails_isFound() {
    run("leaking");

    assertThat(failed).isNotEmpty().allMatch(name -> name.contains(": READ "));
    assertThat(said.getFirst()).startsWith("left open: [/home/tester/note]");
  }

  @Test
  void fickle_aFaultThatDoesNotTakePlace_fails() {
    Tests.CALLS.set(0);
    run("fickle");
    assertThat(said).allMatch(message -> message.contains("did not take place")).isNotEmpty();
  }

  @Test
  void idle_nothingToGoWrong_failsOnce() {
    run("idle");
    assertThat(runs).hasSize(1);
    assertThat(said).singleElement().asString().startsWith("nothing was done");
  }

  @Test
  void unstruck_noStrike_failsOnce() {
    run("unstruck");
    assertThat(said).singleElement().asString().startsWith("the test has to call strike");
  }

  @Test
  void broken_withNothingWrong_hasNoFurtherRuns() {
    run("broken");
    assertThat(runs).containsExactly("nothing goes wrong");
    assertThat(failed).hasSize(1);
  }

  @Test
  void erring_anErrorUnderAFault_fails() {
    run("erring");
    assertThat(failed).isNotEmpty().doesNotContain("nothing goes wrong");
    assertThat(said.getFirst()).contains("give up the process");
  }

  @Test
  void few_places_areEvenlyChosen() {
    run("few");
    Set<String> faults = new HashSet<>();
    runs.stream().skip(1).forEach(name -> faults.add(name.replaceAll("/.*", "")));
    assertThat(faults).containsExactly("io-error");
    assertThat(runs).hasSize(3);
  }

  private void run(String method) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectMethod(Tests.class, method, Chaos.class.getName()))
            .build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                  runs.add(test.getDisplayName());
                  result.getThrowable().ifPresent(e -> note(test, e));
                }
              }
            });
    assertThat(runs).isNotEmpty();
  }

  private void note(TestIdentifier test, Throwable failure) {
    failed.add(test.getDisplayName());
    said.add(failure.getMessage());
  }

  /** Run by the tests above, and by nobody else: no name of a test. */
  static final class Tests {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @ChaosTest
    void careful(Chaos chaos) throws IOException {
      Path note = note(chaos);
      Path copy = note.resolveSibling("copy");

      Outcome<Path> outcome = chaos.strike(() -> Files.write(copy, Files.readAllBytes(note)));

      switch (outcome) {
        case Outcome.Returned<Path> done -> assertThat(done.value()).isEqualTo(copy);
        case Outcome.Threw<Path> not -> assertThat(not.exception()).isInstanceOf(IOException.class);
        case Outcome.Killed<Path> dead -> {
          assertThat(chaos.fault()).contains(ChaosFault.KILLED);
          chaos.sandbox().restartAfterKill();
          assertThat(note).hasContent("one");
        }
      }
    }

    @ChaosTest
    void swallowing(Chaos chaos) throws IOException {
      Path note = note(chaos);
      Outcome<Boolean> outcome = chaos.strike(() -> Files.isRegularFile(note) && reads(note));
      if (chaos.fault().filter(f -> f == ChaosFault.GONE).isEmpty()) {
        assertThat(outcome).isEqualTo(new Outcome.Returned<>(true));
      }
    }

    private static boolean reads(Path file) {
      try {
        return Files.readAllBytes(file).length > 0;
      } catch (IOException e) {
        return false;
      }
    }

    @ChaosTest(faults = ChaosFault.IO_ERROR)
    void leaking(Chaos chaos) throws IOException {
      Path note = note(chaos);
      chaos.strike(
          () -> {
            SeekableByteChannel in = Files.newByteChannel(note);
            in.read(java.nio.ByteBuffer.allocate(3));
            in.close();
            return 0;
          });
    }

    @ChaosTest(faults = ChaosFault.IO_ERROR)
    void fickle(Chaos chaos) throws IOException {
      Path note = note(chaos);
      chaos.strike(() -> CALLS.incrementAndGet() > 1 ? 0 : Files.readAllBytes(note).length);
    }

    @ChaosTest
    void idle(Chaos chaos) throws IOException {
      assertThat(chaos.strike(() -> 7)).isEqualTo(new Outcome.Returned<>(7));
    }

    @ChaosTest
    void unstruck(Chaos chaos) throws IOException {
      note(chaos);
    }

    @ChaosTest
    void broken(Chaos chaos) throws IOException {
      Path note = note(chaos);
      chaos.strike(() -> Files.readString(note));
      assertThat(note).hasContent("two");
    }

    @ChaosTest(faults = ChaosFault.PERMISSION)
    void erring(Chaos chaos) throws IOException {
      Path note = note(chaos);
      chaos.strike(
          () -> {
            try {
              return Files.readString(note);
            } catch (IOException e) {
              throw new StackOverflowError("give up the process");
            }
          });
    }

    @ChaosTest(faults = ChaosFault.IO_ERROR, places = 2)
    void few(Chaos chaos) throws IOException {
      Path note = note(chaos);
      chaos.strike(() -> Files.readString(note) + Files.readString(note));
    }

    private static Path note(Chaos chaos) throws IOException {
      return chaos.sandbox().write(chaos.sandbox().userHome().resolve("note"), "one");
    }
  }
}
