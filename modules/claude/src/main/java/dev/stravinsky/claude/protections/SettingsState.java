package dev.stravinsky.claude.protections;

import dev.stravinsky.api.Order;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.claude.SourceFile;
import dev.stravinsky.claude.settings.LocatedJson;
import dev.stravinsky.claude.settings.SettingsFault;
import dev.stravinsky.spi.CheckContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings files of a state, the lowest in rank first. */
record SettingsState(List<File> files) {

  SettingsState {
    files = List.copyOf(files);
  }

  /**
   * One settings file.
   *
   * @param json what it says; empty if it is no JSON
   * @param fault why Claude Code would not take it, if it would not
   */
  record File(Path live, Scope scope, Optional<LocatedJson> json, Optional<SettingsFault> fault) {

    static File of(Path live, Scope scope, byte[] content) {
      return new File(live, scope, SettingsFault.json(content), SettingsFault.in(content));
    }

    /** Project before user, local before shared. */
    private int rank() {
      int local = live.getFileName().toString().contains(".local.") ? 1 : 0;
      return (scope instanceof Scope.Project ? 2 : 0) + local;
    }
  }

  /** The state that is live while an update is staged. */
  static SettingsState live(CheckContext context) throws IOException {
    List<File> files = new ArrayList<>();
    for (TargetView view : context.targets()) {
      if (view.target().name().equals("settings")) {
        for (String name : view.target().files()) {
          Path file = view.target().root().resolve(name);
          if (Presence.isRegularFile(file)) {
            read(file).ifPresent(c -> files.add(File.of(file, view.target().scope(), c)));
          }
        }
      }
    }
    return ranked(files);
  }

  /** The state that a context is about. */
  static SettingsState in(CheckContext context) throws IOException {
    List<File> files = new ArrayList<>();
    for (SourceFile file : SourceFile.in(context, Set.of("settings"))) {
      if (file.isFile()) {
        read(file.node().content())
            .ifPresent(c -> files.add(File.of(file.live(), file.view().target().scope(), c)));
      }
    }
    return ranked(files);
  }

  /** The file of a path. */
  Optional<File> file(Path live) {
    return files.stream().filter(file -> file.live().equals(live)).findFirst();
  }

  private static SettingsState ranked(List<File> files) {
    files.sort(Order.by(File::rank));
    return new SettingsState(files);
  }

  private static Optional<byte[]> read(Path file) throws IOException {
    try {
      return Files.size(file) > SettingsFault.MAX_BYTES
          ? Optional.of(new byte[SettingsFault.MAX_BYTES + 1])
          : Optional.of(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
