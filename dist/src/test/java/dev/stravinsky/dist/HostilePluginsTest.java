package dev.stravinsky.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stravinsky.dist.hostile.Hostile;
import dev.stravinsky.dist.hostile.Registering;
import dev.stravinsky.testkit.TestBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is dropped into the user's plugins: a real update ends, names it, and leaves all files
 * old or all new; nothing of it goes on afterwards, and the good plugin beside it is asked.
 */
@Execution(ExecutionMode.CONCURRENT)
@Timeout(180)
class HostilePluginsTest {
  private static final int AT_ONCE = 2;
  private static final int ROLLED_BACK = 3;
  private static final int BLOCKED = 4;

  @TempDir static Path shared;
  private static final BlockingQueue<PluginTrial> FREE = new LinkedBlockingQueue<>();

  private PluginTrial trial;

  @BeforeAll
  static void installTheFirstRelease() throws Exception {
    for (int i = 0; i < AT_ONCE; i++) {
      FREE.add(new PluginTrial(shared.resolve("folder" + i), shared.resolve("you" + i)));
    }
  }

  @BeforeEach
  void begin() throws Exception {
    trial = FREE.take();
    trial.restore();
    trial.drop("good.jar", TestBundle.of(Hostile.Good.class).bytes());
  }

  @AfterEach
  void giveBack() {
    FREE.add(trial);
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Hostile.ThrowsInCheck.class,
        Hostile.OverflowsStack.class,
        Hostile.ExitsInCheck.class,
        Hostile.EatsHeap.class,
        Hostile.Loops.class,
        Hostile.Sleeps.class,
        Hostile.ReturnsNull.class,
        Hostile.FindsNull.class
      })
  void check_misbehavesBeforeTheSwap_blocksByName(Class<?> plugin) throws Exception {
    trial.drop(plugin);

    Run run = trial.updates();

    trial.assertOld(run, BLOCKED);
    assertThat(run.err()).contains("[plugin/" + Registering.idOf(plugin) + "]");
    assertThat(trial.goodIn("STAGED")).exists();
    trial.assertUpdatesWithoutPlugins();
  }

  @Test
  void checks_misbehaveAfterTheSwap_warnByName() throws Exception {
    List<Class<?>> plugins =
        List.of(
            Hostile.ThrowsInCheck.class,
            Hostile.ExitsInCheck.class,
            Hostile.EatsHeap.class,
            Hostile.Loops.class,
            Hostile.ReturnsNull.class);
    Files.createFile(trial.user().home().resolve("only-afterwards"));
    for (Class<?> plugin : plugins) {
      trial.drop(plugin);
    }

    Run run = trial.updates();

    trial.assertNew(run);
    for (Class<?> plugin : plugins) {
      assertThat(run.err()).containsOnlyOnce("[plugin/" + Registering.idOf(plugin) + "]");
    }
    assertThat(trial.goodIn("POST_UPDATE")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Hostile.ThrowsInStart.class,
        Hostile.ExitsInStart.class,
        Hostile.HangsInStart.class,
        Hostile.ThrowsInId.class,
        Hostile.RegistersNull.class
      })
  void start_misbehaves_blocksByName(Class<?> plugin) throws Exception {
    trial.drop(plugin);

    Run run = trial.updates();

    trial.assertOld(run, BLOCKED);
    assertThat(run.err().replaceAll("\\s+", "")).contains(plugin.getSimpleName() + ".jar:it");
    assertThat(trial.goodIn("STAGED")).exists();
    trial.assertUpdatesWithoutPlugins();
  }

  @Test
  void check_startsThreadsAndAProcess_theyEndWithTheCommand() throws Exception {
    trial.drop(Hostile.StartsThreads.class);

    trial.assertNew(trial.updates());

    assertThat(trial.user().home().resolve("left-behind")).exists();
  }

  @Test
  void files_thatDoNotRun_blockByName() throws Exception {
    byte[] good = TestBundle.of(Hostile.Good.class).bytes();
    byte[] corrupt = good.clone();
    Arrays.fill(corrupt, good.length / 2, good.length / 2 + 9, (byte) 0);
    trial.drop("corrupt.jar", corrupt);
    trial.drop("zero.jar", new byte[0]);
    trial.drop(
        "lacking.jar",
        TestBundle.of(Hostile.ThrowsInCheck.class).header("Import-Package", "not.there").bytes());

    Run run = trial.updates();

    trial.assertOld(run, BLOCKED);
    assertThat(run.err())
        .contains("[plugin/corrupt.jar]", "[plugin/zero.jar]")
        .contains("[plugin/test.ThrowsInCheck]", "not.there");
    assertThat(trial.goodIn("STAGED")).exists();
    trial.assertUpdatesWithoutPlugins();
  }

  @Test
  void twoOfOneName_inOneFolder_theFirstRunsAndTheOtherIsNamed() throws Exception {
    trial.drop("z-same.jar", TestBundle.of(Hostile.Good.class).bytes());
    trial.drop(
        "z-older.jar", TestBundle.of(Hostile.Good.class).header("Bundle-Version", "0.1").bytes());

    Run run = trial.updates();

    trial.assertNew(run);
    assertThat(run.err()).contains("z-same.jar", "z-older.jar", "[plugin/test.Good]");
    assertThat(trial.goodIn("STAGED")).exists();
  }

  /** What the update is to replace was written to by somebody else: it is theirs. */
  @ParameterizedTest
  @ValueSource(
      classes = {
        Hostile.WritesBefore.class,
        Hostile.WritesWhileStaged.class,
        Hostile.TakesAName.class
      })
  void check_writesIntoATarget_theUpdateEndsAndTheBytesStay(Class<?> plugin) throws Exception {
    trial.drop(plugin);
    Hostile.Writes writer = (Hostile.Writes) plugin.getConstructor().newInstance();

    Run run = trial.updates();

    assertThat(run.status()).as(run.toString()).isEqualTo(BLOCKED);
    assertThat(run.err()).contains(writer.file()).contains("[plugin/" + writer.id() + "]");
    trial.assertOldBut(writer, run);
    // What it took the place of can be had again, what it made anew is in the way.
    if (plugin == Hostile.TakesAName.class) {
      Files.delete(trial.user().claude().resolve(writer.file()));
    }
    assertThat(trial.updates("--no-plugins").status()).isZero();
  }

  @Test
  void check_writesIntoATargetAfterTheSwap_isRolledBackAndTheBytesStay() throws Exception {
    trial.drop(Hostile.WritesAfter.class);
    Hostile.Writes writer = new Hostile.WritesAfter();

    Run run = trial.updates();

    assertThat(run.status()).as(run.toString()).isEqualTo(ROLLED_BACK);
    assertThat(run.err())
        .contains(writer.file(), "[checksums-match]", "[plugin/" + writer.id() + "]");
    trial.assertOldBut(writer, run);
    assertThat(trial.updates("--no-plugins").status()).isZero();
  }
}
