package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.Transactions.Recovered;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A write in place was cut in the middle: recovery mends it, and takes nothing else for one. */
final class TornWriteTest extends MountedSettings {
  @Test
  void recover_everyTornWrite_oldContent() throws IOException {
    for (String[] pair : new String[][] {{SHORT, LONG}, {LONG, SHORT}, {LONG, LONG + "x"}}) {
      byte[] old = pair[0].getBytes(StandardCharsets.UTF_8);
      byte[] fresh = pair[1].getBytes(StandardCharsets.UTF_8);
      int longest = Math.max(old.length, fresh.length);
      for (int cut = 0; cut <= longest; cut += 101) {
        assertMended(pair, mixed(fresh, old, cut)); // Coming.
        assertMended(pair, mixed(old, fresh, cut)); // Going back.
      }
      byte[] grown = Arrays.copyOf(old, longest); // The size reached the disk, the bytes did not.
      assertMended(pair, grown);
    }
  }

  /** The beginning of one over the other, as long as the longer one. */
  private static byte[] mixed(byte[] begun, byte[] under, int cut) {
    byte[] mixed = Arrays.copyOf(under, Math.max(begun.length, under.length));
    if (begun.length > under.length) {
      System.arraycopy(begun, under.length, mixed, under.length, begun.length - under.length);
    }
    System.arraycopy(begun, 0, mixed, 0, Math.min(cut, begun.length));
    return mixed;
  }

  private void assertMended(String[] pair, byte[] torn) throws IOException {
    world.close();
    world = new TransactionWorld(sandbox, e -> e);
    settings(pair[0], pair[1]);
    world.stage(new Told()).swap();
    Files.write(live, torn);
    Recovered recovered = recover();
    assertThat(recovered.foreign()).as(new String(torn, StandardCharsets.UTF_8)).isEmpty();
    assertThat(live).hasContent(pair[0]);
    assertThat(FileModes.of(live)).isEqualTo(0644);
    assertThat(world.services().conflicts().list()).isEmpty();
    assertThat(world.leftovers()).isEmpty();
  }

  @Test
  void recover_foreignWrite_staysAndTheOldContentIsSetAside() throws IOException {
    String[] theirs = {
      SHORT.replace('1', '7'),
      SHORT + " ",
      LONG.replaceFirst("9012", "9112"),
      LONG + "\n",
      "",
      SHORT + LONG
    };
    for (String each : theirs) {
      world.close();
      world = new TransactionWorld(sandbox, e -> e);
      settings(SHORT, LONG);
      world.stage(new Told()).swap();
      sandbox.write(live, each);
      Recovered recovered = recover();
      assertThat(recovered.foreign()).as(each).containsExactly(live);
      assertThat(live).as(each).hasContent(each);
      assertThat(world.services().conflicts().list())
          .singleElement()
          .satisfies(c -> assertThat(c.theirs()).hasContent(SHORT));
      assertThat(world.leftovers()).isEmpty();
      world.services().conflicts().resolve(world.services().conflicts().list().getFirst());
    }
  }

  /** As long as one of the two contents, and different from both in the first byte only. */
  @Test
  void recover_foreignWriteThatLooksLikeATornOne_stays() throws IOException {
    settings(SHORT, LONG);
    world.stage(new Told()).swap();
    String theirs = "[" + SHORT.substring(1);
    Files.writeString(live, theirs);
    assertThat(recover().foreign()).containsExactly(live);
    assertThat(live).hasContent(theirs);
  }

  @Test
  void recover_modeSetBySomebodySince_stays() throws IOException {
    settings(SHORT, LONG);
    world.stage(new Told()).swap();
    sandbox.write(live, LONG.getBytes(StandardCharsets.UTF_8), 0640);
    assertThat(recover().foreign()).isEmpty();
    assertThat(live).hasContent(SHORT);
    assertThat(FileModes.of(live)).isEqualTo(0640);
  }

  @Test
  void recover_mountIsGone_refusedUntilItIsBack() throws IOException {
    settings(SHORT, LONG);
    world.stage(new Told()).swap();
    sandbox.faults().unmount(live);
    assertThatThrownBy(this::recover)
        .isInstanceOf(StravinskyException.class)
        .hasMessageContaining("settings.json");
    assertThat(live).hasContent(LONG);
    sandbox.faults().mount(live);
    recover();
    assertThat(live).hasContent(SHORT);
  }

  /** Nobody knows then whether what is there by that name was written. */
  @Test
  void recover_killedAtTheFirstWriteAndTheMountIsGone_refused() throws IOException {
    settings(SHORT, LONG);
    Transaction transaction = world.stage(new Told());
    sandbox
        .faults()
        .plan(
            o ->
                o.path().equals(live) && o.kind() == Kind.WRITE
                    ? new Verdict.Die()
                    : new Verdict.Proceed());
    assertThatThrownBy(transaction::swap).isInstanceOf(ProcessKilledError.class);
    world.restartAfterKill();
    sandbox.faults().unmount(live);
    assertThatThrownBy(this::recover).isInstanceOf(StravinskyException.class);
    sandbox.faults().mount(live);
    recover();
    assertThat(live).hasContent(SHORT);
  }

  @Test
  void recover_mountIsGoneBeforeAnythingWasWritten_isEnded() throws IOException {
    settings(SHORT, LONG);
    Transaction transaction = world.stage(new Told());
    AtomicInteger forces = new AtomicInteger();
    Path journal = sandbox.home().journal().resolve(transaction.id() + ".journal");
    // The first forces PREPARED, the second would force SWAPPING: it dies before that is written.
    sandbox
        .faults()
        .plan(
            o ->
                o.path().equals(journal) && o.kind() == Kind.WRITE && forces.incrementAndGet() == 2
                    ? new Verdict.Die()
                    : new Verdict.Proceed());
    assertThatThrownBy(transaction::swap).isInstanceOf(ProcessKilledError.class);
    world.restartAfterKill();
    sandbox.faults().unmount(live);
    assertThat(recover().foreign()).isEmpty();
    assertThat(live).hasContent(SHORT);
  }
}
