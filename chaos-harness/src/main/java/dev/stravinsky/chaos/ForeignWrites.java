package dev.stravinsky.chaos;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.fs.FaultPlan;
import dev.stravinsky.testkit.fs.FileOperation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Another program that saves a file of the user's in the midst of the command, as editors do. */
final class ForeignWrites {
  /** Between what touches a live file there are many operations, which are all alike to it. */
  private static final int EVERY = 8;

  private ForeignWrites() {}

  /** In the very moment in which a live file is touched that one, and now and then any. */
  static Fault inTheMidst() {
    return new Fault(
        (prepared, clean, random) -> {
          List<String> files = changed(clean);
          List<Strike> strikes = new ArrayList<>();
          for (FileOperation each : clean.operations()) {
            Optional<String> touched =
                files.stream().filter(file -> touches(each, file)).findFirst();
            boolean chosen = touched.isPresent() || each.number() % EVERY == 0;
            if (each.kind().changes() && chosen) {
              String file = touched.orElseGet(() -> any(files, random));
              strikes.add(new Saved(each.toString(), each.number(), file, touched.isPresent()));
            }
          }
          return strikes;
        },
        Fault.Aftermath.SOMEBODY_WROTE);
  }

  private static boolean touches(FileOperation operation, String file) {
    return operation.path().toString().equals(file)
        || operation.other().filter(other -> other.toString().equals(file)).isPresent();
  }

  private static String any(List<String> files, Random random) {
    return files.get(random.nextInt(files.size()));
  }

  /** The files that the command changes, but for settings, which are merged; else all. */
  private static List<String> changed(CleanRun clean) {
    List<String> files =
        clean.before().entries().entrySet().stream()
            .filter(entry -> entry.getValue().startsWith("file "))
            .map(java.util.Map.Entry::getKey)
            .filter(path -> path.contains("/hooks/") || path.contains("/commands/"))
            .toList();
    List<String> differing = clean.before().pathsDifferingFrom(clean.after());
    List<String> touched = files.stream().filter(differing::contains).toList();
    return touched.isEmpty() ? files : touched;
  }

  /**
   * Written beside it and renamed over it.
   *
   * @param unseen whether nobody can have seen it before it is touched
   */
  private record Saved(
      String position, long moment, String file, boolean unseen, AtomicInteger hits)
      implements Strike {
    Saved(String at, long moment, String file, boolean unseen) {
      this(file + " is saved at " + at, moment, file, unseen, new AtomicInteger());
    }

    @Override
    public boolean mustStayLive() {
      return unseen;
    }

    private byte[] content() {
      return ("#!/bin/sh\necho saved at " + moment + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Set<String> brought() {
      return Set.of(Digests.of(content()));
    }

    @Override
    public void arm(Sandbox sandbox) {
      hits.set(0);
      sandbox
          .faults()
          .plan(
              now -> {
                if (now.number() == moment) {
                  save(sandbox);
                }
                return FaultPlan.NONE.decide(now);
              });
    }

    private void save(Sandbox sandbox) {
      Path path = sandbox.faults().getPath(file);
      Path beside = path.resolveSibling("." + path.getFileName() + ".swp");
      try {
        sandbox
            .faults()
            .undisturbed(
                () -> {
                  Files.createDirectories(path.getParent());
                  Files.write(beside, content());
                  return Files.move(beside, path, StandardCopyOption.REPLACE_EXISTING);
                });
        hits.incrementAndGet();
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public boolean fired(Sandbox sandbox) {
      return hits.get() == 1;
    }

    @Override
    public void disarm(Sandbox sandbox) {
      sandbox.faults().plan(FaultPlan.NONE);
    }
  }
}
