package dev.stravinsky.backup;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Origin;
import dev.stravinsky.api.Times;
import dev.stravinsky.api.backup.BackupManifest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Writes {@code manifest.json} as a stream: what a listing needs first, members and entries last.
 */
final class ManifestWriter {
  /** A newer format is refused. */
  static final int FORMAT = 1;

  static final String NAME = "manifest.json";

  /** How the line of each entry begins, up to the path itself. */
  static final String ROW_START = "{\"path\": \"";

  /** How the line of each member begins. */
  static final String MEMBER_START = "{\"offset\": ";

  /** How it ends where another one follows. */
  static final String MEMBER_END = "},";

  private final JsonGenerator json;

  private ManifestWriter(JsonGenerator json) {
    this.json = json;
  }

  /**
   * Writes it all and leaves the stream open.
   *
   * @param members of each archive by its name
   * @param rows in the order of archives and of the entries in them
   */
  static void write(
      OutputStream out, ManifestHead head, Map<String, List<Member>> members, Iterable<Row> rows)
      throws IOException {
    Json.writing(
        () -> {
          ManifestWriter writer = new ManifestWriter(Json.generator(out));
          writer.json.writeStartObject();
          writer.head(head);
          writer.members(members);
          writer.json.writeArrayPropertyStart("entries");
          rows.forEach(writer::row);
          writer.json.writeEndArray();
          writer.json.writeEndObject();
          writer.json.flush();
          return null;
        });
  }

  private void head(ManifestHead head) {
    BackupManifest manifest = head.manifest();
    json.writeNumberProperty("format", FORMAT);
    json.writeStringProperty("id", manifest.id().value());
    json.writeStringProperty("version", manifest.version().value());
    json.writeStringProperty("timestamp", Times.text(manifest.timestamp()));
    json.writeStringProperty("system", manifest.system());
    json.writeStringProperty("java_version", manifest.javaVersion());
    json.writeStringProperty("backup_type", "full");
    json.writeStringProperty("reason", manifest.reason().written());
    json.writeStringProperty("scope", manifest.scope().key());
    json.writeNumberProperty("compression_level", head.compressionLevel());
    head.transaction().ifPresent(id -> json.writeStringProperty("transaction", id));
    json.writeArrayPropertyStart("roots");
    manifest.roots().forEach(this::root);
    json.writeEndArray();
    files(manifest);
    json.writeObjectPropertyStart("pre_update_state");
    manifest
        .previousVersion()
        .ifPresent(version -> json.writeStringProperty("previous_version", version.value()));
    json.writeBooleanProperty("user_modifications", manifest.userModifications());
    json.writeEndObject();
    json.writeObjectPropertyStart("trail_head");
    json.writeNumberProperty("seq", manifest.trailHead().seq());
    json.writeStringProperty("hash", manifest.trailHead().hash());
    json.writeEndObject();
  }

  private void files(BackupManifest manifest) {
    json.writeArrayPropertyStart("files");
    for (BackupManifest.Archive archive : manifest.archives()) {
      json.writeStartObject();
      json.writeStringProperty("path", archive.path());
      json.writeNumberProperty("size_bytes", archive.sizeBytes());
      json.writeStringProperty("sha256", archive.sha256().hex());
      json.writeNumberProperty("files_count", archive.filesCount());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void root(BackupManifest.Root root) {
    json.writeStartObject();
    json.writeStringProperty("target", root.target());
    json.writeStringProperty("scope", root.scope().key());
    json.writeStringProperty("path", root.path().toString());
    json.writeStringProperty("uri", FileUris.of(root.path()));
    if (!root.files().isEmpty()) {
      json.writeArrayPropertyStart("files");
      root.files().forEach(json::writeString);
      json.writeEndArray();
    }
    json.writeEndObject();
  }

  private void members(Map<String, List<Member>> members) {
    json.writeObjectPropertyStart("members");
    members.forEach(
        (archive, list) -> {
          json.writeArrayPropertyStart(archive);
          for (Member member : list) {
            json.writeStartObject();
            json.writeNumberProperty("offset", member.offset());
            json.writeNumberProperty("size_bytes", member.storedBytes());
            json.writeNumberProperty("raw_bytes", member.rawBytes());
            json.writeStringProperty("sha256", member.stored().hex());
            json.writeStringProperty("identity", member.identity().hex());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
    json.writeEndObject();
  }

  private void row(Row row) {
    json.writeStartObject();
    String path = row.stored().place().archivePath();
    json.writeStringProperty("path", path);
    Optional<String> readable = new EntryPath(path).text().filter(text -> !text.equals(path));
    readable.ifPresent(text -> json.writeStringProperty("readable", text));
    stored(row.stored());
    json.writeStringProperty("origin", written(row.origin()));
    if (row.linked().isPresent()) {
      json.writeObjectPropertyStart("linked");
      stored(row.linked().get());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private void stored(Stored entry) {
    // Tests of types, one after the other, need no linking as a switch does.
    EntryState state = entry.state();
    if (state instanceof EntryState.Regular file) {
      json.writeStringProperty("type", entry.hardLinkTo().isEmpty() ? "file" : "hardlink");
      json.writeStringProperty("mode", mode(file.mode()));
      json.writeNumberProperty("size", file.sizeBytes());
      json.writeStringProperty("sha256", file.sha256().hex());
    } else if (state instanceof EntryState.Directory directory) {
      json.writeStringProperty("type", "directory");
      json.writeStringProperty("mode", mode(directory.mode()));
    } else if (state instanceof EntryState.Link link) {
      json.writeStringProperty("type", "link");
      json.writeStringProperty("link", link.target());
    } else {
      throw new IllegalStateException("nothing to write");
    }
    json.writeStringProperty("mtime", Times.text(entry.modified()));
    json.writeNumberProperty("member", entry.member());
    if (entry.header() != entry.member()) {
      json.writeNumberProperty("header", entry.header());
    }
    if (entry.state() instanceof EntryState.Regular) {
      json.writeNumberProperty("at", entry.at());
    }
    if (!entry.hardLinkTo().isEmpty()) {
      json.writeStringProperty("to", entry.hardLinkTo());
    }
  }

  static String written(Origin origin) {
    return switch (origin) {
      case RELEASE -> "release";
      case USER -> "user";
    };
  }

  /** Throws {@link IllegalArgumentException} for what {@link #written} never says. */
  static Origin origin(String written) {
    return switch (written) {
      case "release" -> Origin.RELEASE;
      case "user" -> Origin.USER;
      default -> throw new IllegalArgumentException("nobody's origin: " + written);
    };
  }

  /** Four octal digits; a formatter takes longer than all the rest of an entry. */
  private static String mode(int mode) {
    char[] digits = new char[4];
    for (int i = 3, rest = mode; i >= 0; i--, rest >>= 3) {
      digits[i] = (char) ('0' + (rest & 7));
    }
    return new String(digits);
  }
}
