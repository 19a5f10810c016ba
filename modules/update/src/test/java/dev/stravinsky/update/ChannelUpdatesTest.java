package dev.stravinsky.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.EventQuery;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.StravinskyException;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.merge.MergeRequest.ConflictPolicy;
import dev.stravinsky.api.release.ChannelFolders.Publishing;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.api.release.Signature;
import dev.stravinsky.api.update.UpdateRequest;
import dev.stravinsky.api.update.UpdateResult;
import dev.stravinsky.api.update.UpdateResult.Planned;
import dev.stravinsky.api.update.UpdateResult.UpToDate;
import dev.stravinsky.api.update.UpdateResult.Updated;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.InstalledSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which release of a channel an update takes, and that a refused one leaves everything. */
final class ChannelUpdatesTest extends InstalledSandbox {
  private Path secret;
  private PublicKey key;

  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.inMemory();
  }

  @BeforeEach
  void makeChannel() throws IOException {
    Path name = sandbox.root().resolve("team");
    key = sandbox.services().channelFolders().makeKeys(name, false).orElseThrow();
    secret = name.resolveSibling("team.sec");
    publish("v1");
    publish("v2");
    sandbox.settings(
        "{\"update\": {\"channel\": \""
            + folder()
            + "\", \"trusted_keys\": [\""
            + key.text()
            + "\"]}}");
    sandbox.restart();
  }

  private Path folder() {
    return sandbox.root().resolve("channel");
  }

  private Publishing signing() {
    return new Publishing(List.of(secret), false, false, Optional.empty(), false);
  }

  private void publish(String version) throws IOException {
    Path release = sandbox.root().resolve("sources/" + version + "/team-hooks");
    hook(release, "guard.sh", version);
    sandbox.write(release.resolve("settings.json"), settings(version));
    List<String> targets =
        sandbox.services().targets().of(Scope.USER).stream().map(Target::name).toList();
    sandbox
        .services()
        .channelFolders()
        .add(
            folder(),
            new ReleaseRequest(release.toString(), Optional.of(new Version(version)), targets),
            "notes of " + version,
            signing(),
            Progress.NONE);
  }

  private UpdateResult update(String typed, boolean dryRun) throws IOException {
    sandbox.restart();
    return sandbox
        .services()
        .updater()
        .update(
            new UpdateRequest(
                typed, Optional.empty(), Scope.USER, ConflictPolicy.KEEP, Set.of(), true, dryRun),
            Progress.NONE);
  }

  private Version installed() throws IOException {
    return sandbox.services().installed().current(Scope.USER);
  }

  @Test
  void update_nothingTyped_installsTheNewestAndSaysWhoVouchesForIt() throws IOException {
    Updated updated = (Updated) update("", false);

    assertThat(updated.to()).isEqualTo(new Version("v2"));
    assertThat(updated.signature()).isEqualTo(new Signature.Verified(key.id()));
    assertThat(updated.offer().orElseThrow().notes()).isEqualTo("notes of v2");
    assertThat(update("", false)).isEqualTo(new UpToDate(new Version("v2")));
    assertThat(
            sandbox
                .services()
                .audit()
                .query(EventQuery.ALL.withType(EventType.UPDATE_START))
                .getFirst()
                .content()
                .details())
        .containsEntry("signature", "by key " + key.id())
        .containsEntry("channel", "team-hooks");
  }

  @Test
  void update_nothingTypedInADryRun_saysWhatWouldBeInstalled() throws IOException {
    SortedMap<String, String> before = live();

    assertThat(((Planned) update("", true)).to()).isEqualTo(new Version("v2"));
    assertThat(live()).isEqualTo(before);
  }

  @Test
  void update_versionTyped_installsThatOne() throws IOException {
    update("v2", false);

    assertThat(((Updated) update("v1", false)).to()).isEqualTo(new Version("v1"));
    assertRefused(() -> update("v7", false), NotFoundException.class, "has no version v7");
  }

  @Test
  void update_fileOfTheVersionsName_isTheFile() throws IOException {
    Path own = sandbox.root().resolve("here/v1");
    hook(own, "guard.sh", "own");
    sandbox.workIn(own.getParent());

    assertRefused(() -> update("v1", false), RefusedException.class, "not signed");
  }

  @Test
  void update_newestIsHeld_takesTheOneBefore() throws IOException {
    sandbox.services().holds().hold(Scope.USER, new Version("v2"), Optional.of("no"));

    assertThat(((Updated) update("", false)).to()).isEqualTo(new Version("v1"));
    assertThat(update("v2", false)).isInstanceOf(UpdateResult.Blocked.class);
    sandbox.services().holds().hold(Scope.USER, new Version("v1"), Optional.empty());
    assertRefused(() -> update("", false), NotFoundException.class, "v2 held by you: no");
  }

  @Test
  void update_rolledBackVersion_isNotTakenAgainUntilAskedFor() throws IOException {
    update("v1", false);
    update("", false);
    undo();

    assertThat(update("", false)).isEqualTo(new UpToDate(new Version("v1")));
    assertThat(((Updated) update("v2", false)).to()).isEqualTo(new Version("v2"));
  }

  @Test
  void update_installedWasWithdrawn_goesToTheOneBefore() throws IOException {
    update("", false);
    sandbox
        .services()
        .channelFolders()
        .withdraw(folder(), new Version("v2"), "loses files", signing());

    assertThat(((Updated) update("", false)).to()).isEqualTo(new Version("v1"));
    assertRefused(() -> update("v2", false), RefusedException.class, "withdrawn: loses files");
  }

  @Test
  void update_attackedChannel_leavesTheOldState() throws IOException {
    update("v1", false);
    Path archive = folder().resolve("team-hooks-v2.tar.gz");
    byte[] bytes = Files.readAllBytes(archive);
    bytes[bytes.length / 3] ^= 4;
    sandbox.write(archive, bytes, 0644);
    assertRefused(() -> update("", false), RefusedException.class, "is another");

    Files.delete(folder().resolve("channel.json.sig"));
    assertRefused(() -> update("", false), RefusedException.class, "not signed");
    assertRefused(() -> update("v2", true), RefusedException.class, "not signed");
  }

  @Test
  void update_noChannelAndNothingTyped_saysHowToSetOne() throws IOException {
    sandbox.settings("{}");

    assertRefused(() -> update("", false), UsageException.class, "no channel is set");
    assertRefused(() -> update("v1", false), NotFoundException.class, "no release here");
  }

  private void assertRefused(
      ThrowingCallable update, Class<? extends StravinskyException> type, String word)
      throws IOException {
    SortedMap<String, String> before = live();
    Version version = installed();
    assertThatThrownBy(update).isInstanceOf(type).hasMessageContaining(word);
    assertThat(live()).isEqualTo(before);
    assertThat(installed()).isEqualTo(version);
  }
}
