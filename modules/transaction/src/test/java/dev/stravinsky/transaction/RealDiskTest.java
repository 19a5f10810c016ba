package dev.stravinsky.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stravinsky.api.transaction.Transaction;
import dev.stravinsky.api.transaction.Transactions.SwapMode;
import dev.stravinsky.files.ExtendedAttributes;
import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.TransactionWorld;
import dev.stravinsky.testkit.contract.TransactionWorld.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Owners, attributes, other file systems and mounts: what only a real disk has. */
@EnabledOnOs(OS.LINUX)
final class RealDiskTest {
  private static final int SOMEBODY = 12345;

  private Sandbox sandbox;
  private TransactionWorld world;

  @BeforeEach
  void open(@TempDir Path directory) throws IOException {
    sandbox = Sandbox.onDisk(directory);
    world = new TransactionWorld(sandbox, e -> e).withUsualFiles();
  }

  @AfterEach
  void close() throws IOException {
    sandbox.close();
  }

  private void swapAndCommit() throws IOException {
    try (Transaction transaction = world.stage(new Told())) {
      transaction.swap();
      transaction.commit();
      assertThat(transaction.unfinished()).isEmpty();
    }
    assertThat(world.leftovers()).isEmpty();
  }

  @Test
  void commit_asRoot_ownersStayAndNewFilesTakeTheirDirectorys() throws IOException {
    assumeTrue(Files.getAttribute(sandbox.root(), "unix:uid").equals(0), "only root gives away");
    for (Path each : new Path[] {sandbox.claude(), world.hooks().root(), world.hook("check.sh")}) {
      Files.setAttribute(each, "unix:uid", SOMEBODY);
    }
    world.withUsualChanges();
    swapAndCommit();
    for (String each : new String[] {"check.sh", "deep", "deep/er", "deep/er/added.py"}) {
      assertThat(Files.getAttribute(world.hook(each), "unix:uid")).as(each).isEqualTo(SOMEBODY);
    }
    assertThat(Files.getAttribute(world.settingsFile(), "unix:uid")).isEqualTo(0);
  }

  @Test
  void commit_extendedAttributes_stay() throws IOException {
    byte[] value = {1, 2, 3};
    ExtendedAttributes.set(world.hook("check.sh"), Map.of("user.note", value));
    assumeTrue(!ExtendedAttributes.of(world.hook("check.sh")).isEmpty(), "no attributes here");
    world.withUsualChanges();
    swapAndCommit();
    assertThat(world.hook("check.sh")).hasContent("echo new");
    assertThat(ExtendedAttributes.of(world.hook("check.sh"))).containsEntry("user.note", value);
  }

  @Test
  void commit_linkIntoAnotherFileSystem_writtenThere() throws IOException {
    Path memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "no second file system");
    Path there = Files.createTempDirectory(memory, "stravinsky-test");
    try {
      Path end = sandbox.write(there.resolve("settings.json"), "{}");
      Files.delete(world.settingsFile());
      Files.createSymbolicLink(world.settingsFile(), end);
      world.withUsualChanges();
      try (Transaction undone = world.stage(new Told())) {
        undone.swap();
        assertThat(end).hasContent("{\"new\": true}");
      }
      assertThat(end).hasContent("{}");
      swapAndCommit();
      assertThat(world.settingsFile()).isSymbolicLink();
      assertThat(end).hasContent("{\"new\": true}");
      try (Stream<Path> left = Files.list(there)) {
        assertThat(left).containsExactly(end);
      }
    } finally {
      try (Stream<Path> all = Files.walk(there)) {
        all.sorted(Comparator.reverseOrder()).forEach(RealDiskTest::delete);
      }
    }
  }

  @Test
  void commit_targetIsAMountOfTheSameFileSystem_stagedInIt() throws Exception {
    Path mounted = mount(sandbox.userHome().resolve("other-hooks"), world.hooks().root());
    try {
      world.put(world.hooks(), "deep/added.py", "print('new')", 0644);
      swapAndCommit();
      assertThat(mounted.resolve("deep").resolve("added.py")).hasContent("print('new')");
      assertThat(world.transactions().swapMode(world.hooks())).isEqualTo(SwapMode.EXCHANGE);
    } finally {
      run("umount", world.hooks().root().toString());
    }
  }

  @Test
  void commit_fileIsAMountOfItsOwn_writtenInPlace() throws Exception {
    Path source = sandbox.write(sandbox.userHome().resolve("mounted.json"), "{}");
    assumeTrue(bind(source, world.settingsFile()), "mounting is not allowed here");
    try {
      world.withUsualChanges();
      assertThat(world.transactions().swapMode(world.settings())).isEqualTo(SwapMode.IN_PLACE);
      assertThat(world.transactions().swapMode(world.hooks())).isEqualTo(SwapMode.EXCHANGE);
      try (Transaction undone = world.stage(new Told())) {
        undone.swap();
        assertThat(source).hasContent("{\"new\": true}");
        undone.undo();
        assertThat(undone.unfinished()).isEmpty();
      }
      assertThat(source).hasContent("{}");
      assertThat(world.hook("check.sh")).hasContent("echo old");
      swapAndCommit();
      assertThat(source).hasContent("{\"new\": true}");
      assertThat(world.hook("check.sh")).hasContent("echo new");
    } finally {
      run("umount", world.settingsFile().toString());
    }
  }

  @Test
  void recover_mountedFileWithATornWrite_oldContent() throws Exception {
    Path source = sandbox.write(sandbox.userHome().resolve("mounted.json"), "{\"the\": \"old\"}");
    assumeTrue(bind(source, world.settingsFile()), "mounting is not allowed here");
    try {
      world.withUsualChanges();
      world.stage(new Told()).swap();
      Files.writeString(source, "{\"new\": \"old\"}"); // Half of it came back.
      world.restart();
      var record = world.transactions().interrupted().getFirst();
      assertThat(world.transactions().recover(record, new Told()).foreign()).isEmpty();
      assertThat(source).hasContent("{\"the\": \"old\"}");
      assertThat(world.leftovers()).isEmpty();
    } finally {
      run("umount", world.settingsFile().toString());
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private Path mount(Path source, Path over) throws Exception {
    Files.createDirectories(source);
    assumeTrue(bind(source, over), "mounting is not allowed here");
    return source;
  }

  private static boolean bind(Path source, Path over) throws Exception {
    return run("mount", "--bind", source.toString(), over.toString()) == 0;
  }

  private static int run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    }
  }
}
