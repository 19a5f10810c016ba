package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.transaction.Conflicts.Conflict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a conflict is about, as kept beside its file. */
record ConflictNote(Conflict conflict, Instant since) {
  private static final int FORMAT = 1;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static byte[] encode(Conflict conflict, Instant since) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT).put("since", since.toString());
    json.put("version", conflict.version().value()).put("target", conflict.target());
    JournalCodec.putScope(json, conflict.scope());
    json.put("path", conflict.path().encoded()).put("readable", conflict.path().readable());
    json.put("live", StoredPath.encode(conflict.live()));
    Path theirs = conflict.theirs();
    json.put("theirs", EntryPath.relativize(theirs.getParent(), theirs).encoded());
    return JSON.writeValueAsBytes(json);
  }

  static ConflictNote decode(Path note) throws IOException {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(note));
      if (json.path("format").asInt() != FORMAT) {
        throw new IllegalArgumentException("format " + json.path("format"));
      }
      Path theirs = new EntryPath(json.path("theirs").asString()).resolveIn(note.getParent());
      Conflict conflict =
          new Conflict(
              JournalCodec.scope(json, note),
              new Version(json.path("version").asString()),
              json.path("target").asString(),
              new EntryPath(json.path("path").asString()),
              StoredPath.decode(json.path("live").asString(), note),
              theirs);
      return new ConflictNote(conflict, Instant.parse(json.path("since").asString()));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      throw new DamagedException(
          Problem.of(ErrorKind.UNKNOWN, "the note of a conflict cannot be read")
              .inFile(note)
              .leaving("the file beside it is there")
              .next("look at both, then remove them"),
          e);
    }
  }
}
