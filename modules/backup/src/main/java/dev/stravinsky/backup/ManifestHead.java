package dev.stravinsky.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Times;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.audit.TrailHead;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.BackupReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The manifest up to its members.
 *
 * @param compressionLevel at which they were packed
 * @param transaction whose backup it is; empty for one that was made by itself
 */
record ManifestHead(BackupManifest manifest, int compressionLevel, Optional<String> transaction) {

  private static final long MAX_SIZE = 1L << 50;
  private static final int MAX_FILES = 1_000;

  /** A head whose fields come one by one, in any order. */
  static final class Draft {
    private final JsonParser parser;
    private final Path file;
    private String id = "";
    private String version = "";
    private Instant timestamp = Instant.EPOCH;
    private String system = "";
    private String javaVersion = "";
    private String reason = "";
    private String scope = "";
    private int level;
    private Optional<String> transaction = Optional.empty();
    private final List<BackupManifest.Root> roots = new ArrayList<>();
    private final List<BackupManifest.Archive> files = new ArrayList<>();
    private Optional<Version> previous = Optional.empty();
    private boolean modifications;
    private long seq;
    private String hash = TrailHead.EMPTY.hash();

    Draft(JsonParser parser, Path file) {
      this.parser = parser;
      this.file = file;
    }

    /** Takes one field; those that it does not know are left for the caller to pass over. */
    boolean read(String name) throws IOException {
      switch (name) {
        case "id" -> id = Json.text(parser);
        case "version" -> version = Json.text(parser);
        case "timestamp" -> timestamp = Times.parse(Json.text(parser));
        case "system" -> system = Json.text(parser);
        case "java_version" -> javaVersion = Json.text(parser);
        case "reason" -> reason = Json.text(parser);
        case "scope" -> scope = Json.text(parser);
        case "compression_level" -> level = Math.toIntExact(Json.number(parser));
        case "transaction" -> transaction = Optional.of(Json.text(parser));
        case "roots" -> list(() -> roots.add(root()));
        case "files" -> list(() -> files.add(archive()));
        case "pre_update_state" -> Json.fields(parser, this::readPreUpdateState);
        case "trail_head" -> Json.fields(parser, this::readTrailHead);
        default -> {
          return true;
        }
      }
      return true;
    }

    ManifestHead finish() {
      if (files.isEmpty()) {
        throw new IllegalArgumentException("the manifest names no files");
      }
      requireCounts();
      return new ManifestHead(
          new BackupManifest(
              new BackupId(id),
              new Version(version),
              timestamp,
              system,
              javaVersion,
              BackupReason.valueOf(reason.toUpperCase(Locale.ROOT)),
              FileUris.scope(scope, file),
              roots,
              files,
              previous,
              modifications,
              new TrailHead(seq, hash)),
          level,
          transaction);
    }

    /** So that no sum overflows, and what is read of it later has an end. */
    private void requireCounts() {
      Set<String> names = new HashSet<>();
      long entries = 0;
      for (BackupManifest.Archive each : files) {
        if (!names.add(each.path()) || each.path().equals(ManifestWriter.NAME)) {
          throw new IllegalArgumentException("the manifest names a file twice: " + each.path());
        }
        if (each.sizeBytes() < 0 || each.sizeBytes() > MAX_SIZE || each.filesCount() < 0) {
          throw new IllegalArgumentException("a file of impossible size: " + each.path());
        }
        entries = Math.addExact(entries, each.filesCount());
      }
      if (entries > EntryRules.MAX_ENTRIES || files.size() > MAX_FILES) {
        throw new IllegalArgumentException(
            "it has " + entries + " entries; the most is " + EntryRules.MAX_ENTRIES);
      }
      Set<List<String>> places = new HashSet<>();
      for (BackupManifest.Root root : roots) {
        if (!places.add(List.of(root.target(), root.scope().level()))) {
          throw new IllegalArgumentException("the manifest says two roots of " + root.target());
        }
      }
    }

    private interface Element {
      void read() throws IOException;
    }

    private void list(Element element) throws IOException {
      Json.expect(parser, JsonToken.START_ARRAY);
      while (Json.element(parser)) {
        element.read();
      }
    }

    private boolean readPreUpdateState(String name) {
      switch (name) {
        case "previous_version" -> previous = Optional.of(new Version(Json.text(parser)));
        case "user_modifications" -> modifications = parser.getBooleanValue();
        default -> {
          return true;
        }
      }
      return true;
    }

    private boolean readTrailHead(String name) {
      switch (name) {
        case "seq" -> seq = Json.number(parser);
        case "hash" -> hash = Json.text(parser);
        default -> {
          return true;
        }
      }
      return true;
    }

    private BackupManifest.Root root() throws IOException {
      String[] texts = {"", "", ""};
      List<String> names = new ArrayList<>();
      Json.fields(
          parser,
          name -> {
            switch (name) {
              case "target" -> texts[0] = Json.text(parser);
              case "scope" -> texts[1] = Json.text(parser);
              case "uri" -> texts[2] = Json.text(parser);
              case "files" -> list(() -> names.add(Json.text(parser)));
              default -> {
                return true;
              }
            }
            return true;
          });
      Scope whose = FileUris.scope(texts[1], file);
      return new BackupManifest.Root(texts[0], whose, FileUris.path(texts[2], file), names);
    }

    private BackupManifest.Archive archive() throws IOException {
      String[] texts = {"", ""};
      long[] numbers = new long[2];
      Json.fields(
          parser,
          name -> {
            switch (name) {
              case "path" -> texts[0] = FolderFiles.requireName(Json.text(parser));
              case "sha256" -> texts[1] = Json.text(parser);
              case "size_bytes" -> numbers[0] = Json.number(parser);
              case "files_count" -> numbers[1] = Json.number(parser);
              default -> {
                return true;
              }
            }
            return true;
          });
      return new BackupManifest.Archive(texts[0], numbers[0], new Sha256(texts[1]), numbers[1]);
    }
  }
}
