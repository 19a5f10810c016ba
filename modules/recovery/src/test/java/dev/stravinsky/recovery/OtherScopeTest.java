package dev.stravinsky.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.transaction.TransactionRecord;
import dev.stravinsky.api.update.Resumption;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.Tree;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import dev.stravinsky.testkit.fs.FaultPlan.Verdict;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A project's update was killed in its swap; then commands of the user's scope are typed. */
final class OtherScopeTest extends InstalledSandbox {
  private static final int SECTOR_BYTES = 512;
  private static final int MAGIC = 0x53_54_52_4a;

  private Scope project;
  private SortedMap<String, String> before;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void crashInTheProject() throws IOException {
    project = Scope.project(sandbox.project());
    update(firstRelease(), "v1");
    assertThat(updateProject(release("v1"), "v1")).isInstanceOf(UpdateResult.Updated.class);
    before = Tree.of(folder());
    secondRelease();
    sandbox
        .faults()
        .plan(
            o ->
                o.kind() == Kind.EXCHANGE
                        && o.other().filter(p -> p.endsWith("settings.json")).isPresent()
                    ? new Verdict.Die()
                    : new Verdict.Proceed());
    assertThatThrownBy(() -> updateProject(release("v2"), "v2"))
        .isInstanceOf(ProcessKilledError.class);
    sandbox.restartAfterKill();
    assertThat(folder().resolve("hooks/guard.sh")).content().contains("two");
  }

  private Path folder() {
    return sandbox.project().resolve(".claude");
  }

  private UpdateResult updateProject(Path release, String version) throws IOException {
    return sandbox
        .services()
        .updater()
        .update(
            new UpdateRequest(
                release.toString(),
                Optional.of(new Version(version)),
                project,
                ConflictPolicy.KEEP,
                Set.of(),
                true,
                false),
            Progress.NONE);
  }

  private TransactionRecord open() throws IOException {
    return sandbox.services().transactions().interrupted().getFirst();
  }

  /** Turns a bit of a record's payload; the records behind it stay. */
  private void damageRecord(int number) throws IOException {
    Path journal = sandbox.home().journal().resolve(open().id() + ".journal");
    byte[] bytes = Files.readAllBytes(journal);
    int found = -1;
    for (int at = 0; at < bytes.length; at += SECTOR_BYTES) {
      if (ByteBuffer.wrap(bytes).getInt(at) == MAGIC && ++found == number) {
        bytes[at + 100] ^= 1;
      }
    }
    assertThat(found).as("records").isGreaterThan(number);
    sandbox.write(journal, bytes, 0600);
    sandbox.restart();
  }

  private void assertUserGoesOn() throws IOException {
    Resumption resumed = sandbox.services().updater().resume(Scope.USER);
    assertThat(resumed.ended()).isEmpty();
    assertThat(resumed.waiting())
        .singleElement()
        .satisfies(each -> assertThat(each.transaction().scope()).isEqualTo(project));
    assertThat(update(release("v2"), "v2")).isInstanceOf(UpdateResult.Updated.class);
    undo();
    assertThat(releasedHook()).content().contains("one");
    assertThat(open().scope()).isEqualTo(project);
  }

  @Test
  void update_projectsFolderIsAway_goesOnAndTheProjectIsEndedWhenItIsBack() throws IOException {
    Path away = sandbox.userHome().resolve("away");
    Files.move(folder(), away);

    assertUserGoesOn();
    assertThatThrownBy(() -> updateProject(release("v2"), "v2"))
        .isInstanceOf(StravinskyException.class)
        .hasMessageContaining("cannot be ended without what was mounted here")
        .hasMessageContaining(folder().toString());

    Files.move(away, folder());
    assertThat(sandbox.restart().services().updater().resume(Scope.USER).ended()).hasSize(1);
    assertThat(Tree.of(folder())).isEqualTo(before);
  }

  @Test
  void update_wholeProjectIsAway_goesOn() throws IOException {
    Files.move(sandbox.project(), sandbox.userHome().resolve("away"));

    assertUserGoesOn();
  }

  @Test
  void update_projectsJournalIsDamaged_goesOnAndOnlyTheProjectIsRefused() throws IOException {
    damageRecord(1);

    assertUserGoesOn();
    assertThat(open().damage()).isPresent();
    assertThatThrownBy(() -> updateProject(release("v2"), "v2"))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("record 1 of the journal is damaged");
    assertThat(sandbox.services().recovery().emergency(Scope.USER, false).problems())
        .anySatisfy(p -> assertThat(p.message()).contains("record 1 of the journal is damaged"));

    sandbox.services().recovery().abandon(open().id());
    assertThat(sandbox.services().transactions().interrupted()).isEmpty();
  }

  @Test
  void update_journalDoesNotEvenNameItsTargets_everythingIsRefusedUntilItIsAbandoned()
      throws IOException {
    String id = open().id();
    damageRecord(0);

    assertThatThrownBy(() -> update(release("v2"), "v2"))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("nobody knows which files it touches");
    assertThat(releasedHook()).content().contains("one");

    assertThatThrownBy(() -> sandbox.services().recovery().abandon(id + "x"))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("no interrupted transaction is called " + id + "x");
    assertThatThrownBy(() -> update(release("v2"), "v2")).isInstanceOf(DamagedException.class);
    sandbox.services().recovery().abandon(id);
    assertThat(update(release("v2"), "v2")).isInstanceOf(UpdateResult.Updated.class);
  }

  @Test
  void update_aTargetOfTheUsersIsInTheProject_isRefused() throws IOException {
    Path link = sandbox.userHome().resolve("shared");
    Files.createSymbolicLink(link, folder().resolve("hooks"));
    sandbox.settings("{\"targets\": [{\"name\": \"shared\", \"path\": \"~/shared\"}]}");
    damageRecord(1);

    assertThatThrownBy(() -> update(release("v2"), "v2"))
        .isInstanceOf(DamagedException.class)
        .hasMessageContaining("record 1 of the journal is damaged");
    assertThat(releasedHook()).content().contains("one");
  }
}
