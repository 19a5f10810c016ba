package dev.stravinsky.merge;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One path with its three sides. */
final class FileSides {
  private final EntryPath path;
  private Optional<Side> base = Optional.empty();
  private Optional<Side> incoming = Optional.empty();
  private List<Sha256> unwanted = List.of();
  private LiveEntry live;

  FileSides(EntryPath path) {
    this.path = path;
  }

  private record Side(Release release, ReleaseFile file) {
    Path content() {
      return release.content(file);
    }
  }

  void base(Release release, ReleaseFile file) {
    base = Optional.of(new Side(release, file));
  }

  void incoming(Release release, ReleaseFile file) {
    incoming = Optional.of(new Side(release, file));
  }

  void unwanted(List<Sha256> contents) {
    unwanted = contents;
  }

  void live(LiveEntry entry) {
    live = entry;
  }

  EntryPath path() {
    return path;
  }

  LiveEntry live() {
    return live;
  }

  Optional<EntryState> base() {
    return base.map(side -> side.file().state());
  }

  Optional<EntryState> incoming() {
    return incoming.map(side -> side.file().state());
  }

  Path baseContent() {
    return base.orElseThrow().content();
  }

  Path incomingContent() {
    return incoming.orElseThrow().content();
  }

  /** By the rules. The first call may hash the live file. */
  Verdict verdict() throws IOException {
    if (incoming.isPresent()) {
      return FileRules.incoming(base(), incoming().get(), live);
    }
    return base.isPresent()
        ? FileRules.dropped(base().get(), unwanted, live)
        : FileRules.unwanted(unwanted, live);
  }
}
