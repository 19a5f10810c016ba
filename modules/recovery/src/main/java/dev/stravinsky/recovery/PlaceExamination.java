package dev.stravinsky.recovery;

import dev.stravinsky.api.FileModes;
import dev.stravinsky.api.Home;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.IoProblems;
import dev.stravinsky.api.error.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whether there is space where files are written, and whether the right people may write. */
final class PlaceExamination {
  private static final long MEGABYTE = 1024L * 1024;
  private static final int OTHERS = 077;

  private final Services services;
  private final Home home;
  private final List<Target> targets;
  private final List<Problem> problems;
  private final List<String> done;

  PlaceExamination(
      Services services, List<Target> targets, List<Problem> problems, List<String> done) {
    this.services = services;
    this.home = services.environment().home();
    this.targets = targets;
    this.problems = problems;
    this.done = done;
  }

  /** The product's own file system, and those of the files that it changes. */
  void space() throws IOException {
    long threshold = services.settings().safety().diskSpaceThresholdMb() * MEGABYTE;
    Set<FileStore> seen = new HashSet<>();
    Set<Path> places = new LinkedHashSet<>(List.of(home.directory()));
    targets.forEach(target -> places.add(target.root()));
    for (Path place : places) {
      look(place, () -> space(place, threshold, seen));
    }
  }

  private void space(Path place, long threshold, Set<FileStore> seen) throws IOException {
    if (Presence.isDirectory(place) && seen.add(Files.getFileStore(place))) {
      long free = Files.getFileStore(place).getUsableSpace();
      if (free < threshold) {
        problems.add(
            Problem.of(
                    ErrorKind.DISK_FULL,
                    free / MEGABYTE
                        + " MB are free, less than the "
                        + threshold / MEGABYTE
                        + " wanted")
                .inFile(place)
                .next("stravinsky backup cleanup --dry-run"));
      }
    }
  }

  void modes(boolean apply) {
    for (Path each : own()) {
      look(
          each,
          () -> {
            if (Presence.exists(each) && (FileModes.of(each) & OTHERS) != 0) {
              open(each, apply);
            }
            if (Presence.isDirectory(each)) {
              requireWritable(each);
            }
          });
    }
    for (Target target : targets) {
      look(
          target.root(),
          () -> {
            if (Presence.isDirectory(target.root())) {
              requireWritable(target.root());
            }
          });
    }
  }

  /** One place that cannot be looked at hides no other. */
  private void look(Path place, Look look) {
    try {
      look.run();
    } catch (AccessDeniedException e) {
      if (problems.stream().noneMatch(told -> isAround(told, place))) {
        problems.add(IoProblems.of(e, place));
      }
    } catch (IOException e) {
      problems.add(IoProblems.of(e, place));
    }
  }

  /** Of a closed directory one line is told, not one for each place in it. */
  private static boolean isAround(Problem told, Path place) {
    return told.kind() == ErrorKind.PERMISSION_DENIED
        && told.file()
            .filter(f -> place.startsWith(f) || place.startsWith(f.resolveSibling("")))
            .isPresent();
  }

  @FunctionalInterface
  private interface Look {
    void run() throws IOException;
  }

  private List<Path> own() {
    List<Path> own = new ArrayList<>();
    own.addAll(List.of(home.directory(), home.backups(), home.projectBackups()));
    own.addAll(List.of(home.audit(), home.operationsLog(), home.config()));
    own.addAll(List.of(home.journal(), home.quarantine(), home.conflicts(), home.staging()));
    return own;
  }

  private void open(Path each, boolean apply) throws IOException {
    if (apply) {
      services.environment().platform().makePrivate(each);
      done.add("took away what others could do with " + each);
      return;
    }
    String mode = Presence.isDirectory(each) ? "700" : "600";
    problems.add(
        Problem.of(ErrorKind.PERMISSION_DENIED, "others can read what is in here")
            .inFile(each)
            .next("chmod " + mode + " " + ManualSteps.word(each)));
  }

  private void requireWritable(Path directory) {
    if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
      problems.add(
          Problem.of(ErrorKind.PERMISSION_DENIED, "cannot be written")
              .inFile(directory)
              .next("chmod u+rwx " + ManualSteps.word(directory)));
    }
  }
}
