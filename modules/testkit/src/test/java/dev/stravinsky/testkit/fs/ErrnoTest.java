package dev.stravinsky.testkit.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.api.platform.PlatformFiles.FileSystemSync;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.testkit.fs.FileOperation.Kind;
import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ErrnoTest {
  private static final Map<Errno, Integer> ON_LINUX =
      Map.of(
          Errno.EPERM, 1,
          Errno.EIO, 5,
          Errno.EACCES, 13,
          Errno.EBUSY, 16,
          Errno.EXDEV, 18,
          Errno.EMFILE, 24,
          Errno.ENOSPC, 28,
          Errno.EROFS, 30,
          Errno.ENOLCK, 37,
          Errno.EDQUOT, 122);

  private final FaultFileSystem files = FaultFileSystem.inMemory();
  private final PlatformFiles platform = files.newProcess();

  @AfterEach
  void close() throws IOException {
    files.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void words_ofEachError_areThoseOfTheSystem() throws Throwable {
    Linker linker = Linker.nativeLinker();
    MethodHandle strerror =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("strerror"),
            FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    for (Errno errno : Errno.values()) {
      MemorySegment text = (MemorySegment) strerror.invoke((int) ON_LINUX.get(errno));
      assertThat(errno.words())
          .as(errno.name())
          .isEqualTo(text.reinterpret(Long.MAX_VALUE).getString(0));
    }
  }

  @Test
  void kinds_ofTheFiveUsualErrors_areTheOnesThatLinuxRefuses() {
    assertThat(kindsOf(Errno.EMFILE))
        .containsExactlyInAnyOrder(
            Kind.OPEN,
            Kind.OPEN_FOR_WRITING,
            Kind.OPEN_TRUNCATING,
            Kind.CREATE,
            Kind.LIST,
            Kind.COPY);
    assertThat(kindsOf(Errno.ENOSPC))
        .contains(Kind.WRITE, Kind.CREATE, Kind.MAKE_DIRECTORY)
        .doesNotContain(Kind.DELETE, Kind.TRUNCATE, Kind.READ, Kind.STAT, Kind.EXCHANGE);
    assertThat(kindsOf(Errno.EROFS))
        .contains(Kind.OPEN_FOR_WRITING)
        .doesNotContain(Kind.OPEN, Kind.READ, Kind.LIST, Kind.STAT, Kind.LOCK);
    assertThat(kindsOf(Errno.EACCES))
        .contains(Kind.OPEN, Kind.LIST, Kind.STAT)
        .doesNotContain(Kind.READ, Kind.WRITE, Kind.FORCE, Kind.SYNC, Kind.TRUNCATE, Kind.LOCK);
    assertThat(kindsOf(Errno.EIO)).hasSize(Kind.values().length - 1).doesNotContain(Kind.LOCK);
  }

  @Test
  void kinds_thatTakeSpace_areAllRefusedByAFullDisk() {
    for (Kind kind : Kind.values()) {
      assertThat(!kind.takesSpace() || Errno.ENOSPC.canHit(kind)).as(kind.name()).isTrue();
      assertThat(Errno.thatCanHit(kind)).as(kind.name()).isNotEmpty();
    }
  }

  /** Does one thing of each kind, and fails it with each error that can hit it. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void operation_ofEachKind_failsWithEachErrorThatCanHitIt(Kind kind) throws IOException {
    Map<Kind, Doing> doings = doings();
    assertThat(doings).containsOnlyKeys(Kind.values());
    for (Errno errno : Errno.thatCanHit(kind)) {
      Path world = files.getPath("/" + kind + "-" + errno);
      files.undisturbed(() -> prepare(world));
      FaultPlan refusal = FaultPlan.failWhere(o -> o.kind() == kind, errno);
      try (FileChannel open = FileChannel.open(world.resolve("open"), StandardOpenOption.WRITE)) {
        files.plan(refusal);
        assertThatThrownBy(() -> doings.get(kind).in(world, open))
            .as("%s", errno)
            .isInstanceOfSatisfying(
                IOException.class,
                e -> {
                  if (errno == Errno.EACCES) {
                    assertThat(e).isInstanceOf(AccessDeniedException.class);
                  } else {
                    assertThat(e.getMessage()).endsWith(errno.words());
                  }
                });
        assertThat(files.injected()).as("%s", errno).isEqualTo(1);
        files.plan(FaultPlan.NONE);
      }
    }
  }

  private interface Doing {
    void in(Path world, FileChannel open) throws IOException;
  }

  private static Path prepare(Path world) throws IOException {
    Files.createDirectory(world);
    for (String name : List.of("open", "file", "other")) {
      Files.writeString(world.resolve(name), name);
    }
    return world;
  }

  private Map<Kind, Doing> doings() {
    Map<Kind, Doing> doings = new EnumMap<>(Kind.class);
    doings.put(Kind.STAT, (w, open) -> Files.size(w.resolve("file")));
    doings.put(
        Kind.LIST,
        (w, open) -> {
          try (Stream<Path> all = Files.list(w)) {
            assertThat(all).isNotEmpty();
          }
        });
    doings.put(Kind.OPEN, (w, open) -> Files.newByteChannel(w.resolve("file")).close());
    doings.put(
        Kind.OPEN_FOR_WRITING,
        (w, open) -> Files.newByteChannel(w.resolve("file"), StandardOpenOption.WRITE).close());
    doings.put(Kind.OPEN_TRUNCATING, (w, open) -> Files.newOutputStream(w.resolve("file")).close());
    doings.put(Kind.READ, (w, open) -> Files.readAllBytes(w.resolve("file")));
    doings.put(Kind.LOCK, (w, open) -> platform.tryLock(w.resolve("file"), LockMode.EXCLUSIVE));
    doings.put(Kind.CREATE, (w, open) -> Files.createFile(w.resolve("new")));
    doings.put(Kind.WRITE, (w, open) -> open.write(ByteBuffer.allocate(8)));
    doings.put(Kind.TRUNCATE, (w, open) -> open.truncate(1));
    doings.put(Kind.FORCE, (w, open) -> open.force(true));
    doings.put(
        Kind.SYNC,
        (w, open) -> {
          try (FileSystemSync sync = platform.openSync(w)) {
            sync.sync();
          }
        });
    doings.put(Kind.MAKE_DIRECTORY, (w, open) -> Files.createDirectory(w.resolve("new")));
    doings.put(
        Kind.SYMLINK, (w, open) -> Files.createSymbolicLink(w.resolve("new"), w.resolve("file")));
    doings.put(Kind.LINK, (w, open) -> Files.createLink(w.resolve("new"), w.resolve("file")));
    doings.put(Kind.COPY, (w, open) -> Files.copy(w.resolve("file"), w.resolve("new")));
    doings.put(
        Kind.RENAME,
        (w, open) ->
            Files.move(w.resolve("file"), w.resolve("new"), StandardCopyOption.ATOMIC_MOVE));
    doings.put(
        Kind.EXCHANGE, (w, open) -> platform.exchange(w.resolve("file"), w.resolve("other")));
    doings.put(Kind.DELETE, (w, open) -> Files.delete(w.resolve("file")));
    doings.put(
        Kind.SET_ATTRIBUTE,
        (w, open) ->
            Files.setPosixFilePermissions(
                w.resolve("file"), PosixFilePermissions.fromString("rw-------")));
    return doings;
  }

  private static Set<Kind> kindsOf(Errno errno) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (Kind kind : Kind.values()) {
      if (errno.canHit(kind)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }
}
