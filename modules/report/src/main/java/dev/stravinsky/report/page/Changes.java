package dev.stravinsky.report.page;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.Services;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Tells when something has happened: the state of the few files and folders of which one changes
 * with everything that the page says. Only looked at while somebody waits.
 */
final class Changes implements AutoCloseable {
  private static final long LOOK_AGAIN_MILLIS = 300;
  private static final long ANSWER_ANYHOW_MILLIS = 25_000;

  private final Home home;
  private final CountDownLatch closed = new CountDownLatch(1);

  Changes(Services services) {
    this.home = services.environment().home();
  }

  /** The state when it is another one than {@code known}; the same after half a minute. */
  String after(String known) {
    long giveUp = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_ANYHOW_MILLIS);
    String state = state();
    try {
      while (state.equals(known) && System.nanoTime() - giveUp < 0) {
        if (closed.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
          break;
        }
        state = state();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return state;
  }

  private String state() {
    List<Object> state = new ArrayList<>();
    for (Path file :
        List.of(home.operationsLog(), home.holds(), home.latest(), home.config(), home.backups())) {
      add(state, file);
    }
    for (Path folder : List.of(home.journal(), home.conflicts(), home.quarantine())) {
      state.addAll(names(folder));
    }
    return Integer.toHexString(state.hashCode()) + "-" + state.size();
  }

  private static void add(List<Object> state, Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      state.add(attributes.size());
      state.add(attributes.lastModifiedTime());
    } catch (IOException e) {
      state.add("none");
    }
  }

  private static List<String> names(Path folder) {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
    } catch (IOException e) {
      names.add("none");
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
