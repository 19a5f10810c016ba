package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Times;
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

/** What a conflict is about, as kept beside its file. */
record ConflictNote(Conflict conflict, Instant since) {
  private static final int FORMAT = 1;

  static byte[] encode(Conflict conflict, Instant since) {
    Path theirs = conflict.theirs();
    return JsonRecord.write(
        json -> {
          json.writeNumberProperty("format", FORMAT);
          json.writeStringProperty("since", Times.text(since));
          json.writeStringProperty("version", conflict.version().value());
          json.writeStringProperty("target", conflict.target());
          JournalCodec.writeScope(json, conflict.scope());
          json.writeStringProperty("path", conflict.path().encoded());
          json.writeStringProperty("readable", conflict.path().readable());
          json.writeStringProperty("live", StoredPath.encode(conflict.live()));
          String name = EntryPath.relativize(theirs.getParent(), theirs).encoded();
          json.writeStringProperty("theirs", name);
        });
  }

  static ConflictNote decode(Path note) throws IOException {
    try {
      JsonNode json = JsonRecord.read(Files.readAllBytes(note));
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
      return new ConflictNote(conflict, Times.parse(json.path("since").asString()));
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
