package dev.stravinsky.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParallelTest {
  private static final List<Integer> THINGS = IntStream.range(0, 1_000).boxed().toList();

  @Test
  void results_areTakenInOrderByTheCaller() throws IOException {
    List<Integer> taken = new ArrayList<>();
    Set<Thread> takers = ConcurrentHashMap.newKeySet();

    try (Parallel parallel = Parallel.on(Path.of(""))) {
      parallel.inOrder(
          THINGS,
          thing -> 2 * thing,
          result -> {
            takers.add(Thread.currentThread());
            taken.add(result);
          });
    }

    assertThat(taken).isEqualTo(THINGS.stream().map(thing -> 2 * thing).toList());
    assertThat(takers).containsExactly(Thread.currentThread());
  }

  @Test
  void failure_isThrownAndStopsTheRest() throws IOException {
    AtomicInteger done = new AtomicInteger();
    List<Integer> taken = new ArrayList<>();

    try (Parallel parallel = Parallel.on(Path.of(""))) {
      assertThatThrownBy(
              () ->
                  parallel.inOrder(
                      THINGS,
                      thing -> {
                        if (thing == 100) {
                          throw new IOException("the disk is gone");
                        }
                        done.incrementAndGet();
                        return thing;
                      },
                      taken::add))
          .isInstanceOf(IOException.class)
          .hasMessage("the disk is gone");
    }

    assertThat(done.get()).isLessThan(THINGS.size() - 1);
    assertThat(taken).isEqualTo(THINGS.subList(0, taken.size())).doesNotContain(100);
  }

  @Test
  void otherFileSystem_isWorkedOnInOneThread(@TempDir Path folder) throws IOException {
    Set<Thread> workers = ConcurrentHashMap.newKeySet();

    try (FileSystem zip =
            FileSystems.newFileSystem(folder.resolve("other.zip"), Map.of("create", "true"));
        Parallel parallel = Parallel.on(zip.getPath("/"))) {
      parallel.inOrder(THINGS, thing -> workers.add(Thread.currentThread()), result -> {});
    }

    assertThat(workers).containsExactly(Thread.currentThread());
  }
}
