package dev.stravinsky.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.EntryStates;
import dev.stravinsky.api.LinkTargets;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.TargetWalk;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.fs.Errno;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.ProcessKilledError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxSelfTest {
  private Sandbox sandbox;

  @BeforeEach
  void open() throws IOException {
    sandbox = Sandbox.inMemory();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  @Test
  void api_walksStatesAndModes_readAsOnDisk() throws IOException {
    Path hooks = sandbox.claude().resolve("hooks");
    sandbox.write(hooks.resolve("a/b.sh"), "#!/bin/sh\n".getBytes(), 0755);
    Files.createSymbolicLink(hooks.resolve("link"), hooks.getFileSystem().getPath("a", "b.sh"));

    TargetView view = TargetWalk.live(Target.tree("hooks", Scope.USER, hooks));

    assertThat(view.nodes())
        .extracting(n -> n.path().readable())
        .containsExactly("a", "a/b.sh", "link");
    assertThat(view.node(EntryPath.of("link")).orElseThrow().linkEnd())
        .contains(hooks.resolve("a/b.sh"));
    assertThat(EntryStates.of(hooks.resolve("a/b.sh")))
        .isInstanceOfSatisfying(
            EntryState.Regular.class, r -> assertThat(r.mode()).isEqualTo(0755));
    assertThat(EntryStates.of(hooks.resolve("link"))).isEqualTo(new EntryState.Link("a/b.sh"));
  }

  @Test
  void names_thatAreNoText_keepTheirBytes() throws IOException {
    Path hooks = Files.createDirectory(sandbox.claude().resolve("hooks"));
    EntryPath raw = EntryPath.ofBytes(new byte[] {'x', (byte) 0xff, 'y'});
    Path file = raw.resolveIn(hooks);
    Files.writeString(file, "raw");

    assertThat(file.toString()).endsWith("x\uFFFDy");
    assertThat(EntryPath.relativize(hooks, file)).isEqualTo(raw);
    try (var listed = Files.list(hooks)) {
      assertThat(listed.toList()).containsExactly(file);
    }
    assertThat(LinkTargets.decode("../%FF", file).toUri().toString()).endsWith("/../%FF");
  }

  @Test
  void directory_opened_canBeForced() throws IOException {
    try (FileChannel directory = FileChannel.open(sandbox.claude(), StandardOpenOption.READ)) {
      directory.force(true);
    }
    sandbox.faults().plan(FaultPlan.failAt(1, Errno.EIO));
    try (FileChannel directory = FileChannel.open(sandbox.claude(), StandardOpenOption.READ)) {
      assertThatThrownBy(() -> directory.force(true)).hasMessage("Input/output error");
    }
    assertThat(sandbox.faults().injected()).isEqualTo(1);
  }

  @Test
  void write_onFullDisk_leavesHalf() throws IOException {
    Path file = sandbox.claude().resolve("f");
    sandbox.faults().plan(FaultPlan.failAt(2, Errno.ENOSPC));
    assertThatThrownBy(() -> Files.write(file, new byte[100]))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    assertThat(Files.size(file)).isEqualTo(50);
    assertThat(sandbox.faults().changes()).isEqualTo(2);
  }

  @Test
  void operation_refused_hasLinuxsWordsAndTheJdksException() throws IOException {
    Path file = sandbox.write(sandbox.claude().resolve("f"), "x");
    sandbox.faults().plan(FaultPlan.failWhere(o -> o.number() > 0, Errno.EACCES));
    assertThatThrownBy(() -> Files.delete(file)).isInstanceOf(AccessDeniedException.class);
    sandbox.faults().plan(FaultPlan.failWhere(o -> o.number() > 0, Errno.EROFS));
    assertThatThrownBy(() -> Files.delete(file))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(file + ": Read-only file system");
    assertThat(file).hasContent("x");
  }

  @Test
  void kill_whileLocked_endsEverythingAndFreesTheLock() throws IOException {
    Path lock = sandbox.claude().resolve("lock");
    var platform = sandbox.environment().platform();
    var other = sandbox.otherEnvironment().platform();
    assertThat(platform.tryLock(lock, LockMode.EXCLUSIVE)).isPresent();
    assertThat(other.tryLock(lock, LockMode.SHARED)).isEmpty();

    sandbox.faults().plan(FaultPlan.killAt(1));
    assertThatThrownBy(() -> Files.delete(lock)).isInstanceOf(ProcessKilledError.class);
    assertThatThrownBy(() -> Files.exists(lock)).isInstanceOf(ProcessKilledError.class);

    sandbox.restartAfterKill();
    assertThat(Files.exists(lock)).isTrue();
    assertThat(other.tryLock(lock, LockMode.SHARED)).isPresent();
  }

  @Test
  void exchange_ofFileAndLink_swapsTheEntries() throws IOException {
    Path file = sandbox.write(sandbox.claude().resolve("f"), "x");
    Path link = sandbox.claude().resolve("l");
    Files.createSymbolicLink(link, link.getFileSystem().getPath("nowhere"));
    Object inode = Files.getAttribute(file, "unix:ino");

    sandbox.environment().platform().exchange(file, link);

    assertThat(link).hasContent("x");
    assertThat(Files.getAttribute(link, "unix:ino")).isEqualTo(inode);
    assertThat(Files.readSymbolicLink(file).toString()).isEqualTo("nowhere");
  }

  @Test
  void channelLock_overAnotherProcesssLease_isRefused() throws IOException {
    Path file = sandbox.write(sandbox.claude().resolve("f"), "x");
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThat(channel.tryLock()).isNotNull();
      assertThat(sandbox.environment().platform().lockedByOther(file)).isTrue();
      assertThat(sandbox.environment().platform().tryLock(file, LockMode.EXCLUSIVE)).isEmpty();
      channel.write(ByteBuffer.wrap(new byte[3]), 5);
      assertThat(channel.size()).isEqualTo(8);
    }
  }
}
