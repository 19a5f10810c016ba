package dev.stravinsky.audit;

import dev.stravinsky.api.Home;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.audit.TrailHead;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Everything outside of the log that remembers where it was: heads and the backups' manifests. */
final class Witnesses {
  private static final String MANIFEST = "manifest.json";

  private final TrailFiles files;
  private final List<Witness> all = new ArrayList<>();
  private Optional<TrailHead> head = Optional.empty();
  private boolean headUnreadable;

  private Witnesses(TrailFiles files) {
    this.files = files;
  }

  /** Says that this event was in the trail. */
  record Witness(TrailHead seen, Path file) {}

  static Witnesses of(TrailFiles files) throws IOException {
    Witnesses witnesses = new Witnesses(files);
    witnesses.readHeads();
    witnesses.readManifests(files.home());
    return witnesses;
  }

  /** {@code head.json}. */
  Optional<TrailHead> head() {
    return head;
  }

  /** Whether there is a {@code head.json} that is none. */
  boolean headUnreadable() {
    return headUnreadable;
  }

  List<Witness> all() {
    return all;
  }

  /** The one that saw the newest event. */
  Optional<Witness> newest() {
    return all.stream().max((a, b) -> Long.compare(a.seen().seq(), b.seen().seq()));
  }

  private void readHeads() throws IOException {
    for (Path file : files.heads()) {
      Optional<TrailHead> seen = HeadFile.read(file);
      seen.ifPresent(s -> all.add(new Witness(s, file)));
      if (file.equals(files.head())) {
        head = seen;
        headUnreadable = seen.isEmpty();
      }
    }
  }

  private void readManifests(Home home) throws IOException {
    List<Path> folders = new ArrayList<>(TrailFiles.list(home.backups()));
    for (Path project : TrailFiles.list(home.projectBackups())) {
      folders.addAll(TrailFiles.list(project));
    }
    for (Path folder : folders) {
      Path manifest = folder.resolve(MANIFEST);
      if (Presence.isRegularFile(manifest)) {
        trailOf(manifest)
            .filter(seen -> seen.seq() > 0)
            .ifPresent(seen -> all.add(new Witness(seen, manifest)));
      }
    }
  }

  /**
   * The manifest's {@code trail_head}; a manifest that cannot be read is for {@code backup verify}.
   */
  private static Optional<TrailHead> trailOf(Path manifest) throws IOException {
    try (InputStream in = Files.newInputStream(manifest);
        JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), in)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        if (name.equals("trail_head") && value == JsonToken.START_OBJECT) {
          return headIn(parser);
        }
        if (name.equals("entries")) {
          return Optional.empty(); // By far the longest part, and always the last.
        }
        parser.skipChildren();
      }
    } catch (JacksonException e) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static Optional<TrailHead> headIn(JsonParser parser) {
    long seq = 0;
    String hash = "";
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (name.equals("seq")) {
        seq = parser.getLongValue();
      } else if (name.equals("hash")) {
        hash = parser.getString();
      }
    }
    return Optional.of(new TrailHead(seq, hash));
  }
}
