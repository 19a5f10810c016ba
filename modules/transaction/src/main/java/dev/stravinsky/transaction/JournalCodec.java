package dev.stravinsky.transaction;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Target;
import dev.stravinsky.api.Times;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.transaction.TransactionRecord.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The journal's records as JSON; {@code package-info} tells the format. */
final class JournalCodec {
  private static final int FORMAT = 1;

  /** Some hundred kilobytes. */
  private static final int STEPS_PER_RECORD = 1_000;

  private JournalCodec() {}

  static byte[] header(Header header) {
    return JsonRecord.write(
        json -> {
          writeState(json, State.STAGING);
          json.writeNumberProperty("format", FORMAT);
          json.writeStringProperty("id", header.id());
          json.writeStringProperty("kind", header.kind());
          json.writeStringProperty("started", Times.text(header.started()));
          writeScope(json, header.scope());
          json.writeObjectPropertyStart("attributes");
          header.attributes().forEach(json::writeStringProperty);
          json.writeEndObject();
          json.writeArrayPropertyStart("targets");
          header.targets().forEach(target -> writeTarget(json, target));
          json.writeEndArray();
          json.writeArrayPropertyStart("bases");
          header.bases().forEach(base -> json.writeString(StoredPath.encode(base)));
          json.writeEndArray();
        });
  }

  /**
   * The records that say all steps, made one by one: a transaction of many thousands would not fit
   * into a small memory as one. Only the last one says PREPARED.
   */
  static Iterable<byte[]> prepared(List<Step> steps) {
    int records = Math.max(1, Math.ceilDiv(steps.size(), STEPS_PER_RECORD));
    return () ->
        IntStream.range(0, records)
            .mapToObj(
                i -> {
                  int from = i * STEPS_PER_RECORD;
                  int to = Math.min(steps.size(), from + STEPS_PER_RECORD);
                  State reached = i == records - 1 ? State.PREPARED : State.STAGING;
                  return steps(reached, steps.subList(from, to));
                })
            .iterator();
  }

  private static byte[] steps(State reached, List<Step> steps) {
    return JsonRecord.write(
        json -> {
          writeState(json, reached);
          json.writeArrayPropertyStart("steps");
          steps.forEach(step -> writeStep(json, step));
          json.writeEndArray();
        });
  }

  static byte[] reached(State reached) {
    return JsonRecord.write(json -> writeState(json, reached));
  }

  /** Everything that the records of one journal say; {@code file} lies in the same file system. */
  static JournalContent decode(List<byte[]> records, Path file) {
    try {
      JsonNode first = JsonRecord.read(records.getFirst());
      refuseNewer(first, file);
      Header header = header(first, file);
      List<Step> steps = new ArrayList<>();
      State reached = State.STAGING;
      boolean prepared = false;
      boolean committed = false;
      for (byte[] each : records.subList(1, records.size())) {
        JsonNode json = JsonRecord.read(each);
        State next = State.valueOf(json.path("state").asString());
        if (next == State.COMMITTED && JournalFolder.isWithdrawn(file)) {
          continue; // Nobody knew whether it had reached the disk, and the files are the old ones.
        }
        reached = next;
        committed |= reached == State.COMMITTED;
        prepared |= reached == State.PREPARED;
        json.path("steps").forEach(s -> steps.add(step(s, file)));
      }
      if (!prepared) {
        steps.clear(); // Cut off before the last of them: nothing live was touched.
      }
      return new JournalContent(header, reached, committed, steps, Optional.empty());
    } catch (JacksonException | IllegalArgumentException e) {
      throw new DamagedException(
          Problem.of(ErrorKind.PARTIAL_WRITE, "a record of the journal cannot be read")
              .inFile(file)
              .leaving("nothing was changed; both sides of every file are on disk")
              .next("stravinsky recovery emergency"),
          e);
    }
  }

  static void writeScope(JsonGenerator json, Scope scope) {
    json.writeStringProperty("scope", scope.key());
    if (scope instanceof Scope.Project project) {
      json.writeStringProperty("project", StoredPath.encode(project.root()));
    }
  }

  static Scope scope(JsonNode json, Path anyPath) {
    return json.has("project")
        ? Scope.project(StoredPath.decode(json.path("project").asString(), anyPath))
        : Scope.USER;
  }

  private static void writeState(JsonGenerator json, State reached) {
    json.writeStringProperty("state", reached.name());
  }

  private static void refuseNewer(JsonNode first, Path file) {
    int format = first.path("format").asInt(0);
    if (format > FORMAT) {
      throw new RefusedException(
          Problem.of(
                  ErrorKind.VERSION_MISMATCH,
                  "the journal has format " + format + ", and this version knows " + FORMAT)
              .inFile(file)
              .leaving("nothing was changed")
              .next("use the newer version of stravinsky that wrote it"));
    }
  }

  private static Header header(JsonNode json, Path file) {
    Map<String, String> attributes = new TreeMap<>();
    json.path("attributes")
        .properties()
        .forEach(e -> attributes.put(e.getKey(), e.getValue().asString()));
    List<Target> targets = new ArrayList<>();
    json.path("targets").forEach(t -> targets.add(target(t, file)));
    List<Path> bases = new ArrayList<>();
    json.path("bases").forEach(b -> bases.add(StoredPath.decode(b.asString(), file)));
    return new Header(
        json.path("id").asString(),
        scope(json, file),
        json.path("kind").asString(),
        Times.parse(json.path("started").asString()),
        attributes,
        targets,
        bases);
  }

  private static void writeTarget(JsonGenerator json, Target target) {
    json.writeStartObject();
    json.writeStringProperty("name", target.name());
    json.writeStringProperty("root", StoredPath.encode(target.root()));
    writeScope(json, target.scope());
    json.writeArrayPropertyStart("files");
    target.files().forEach(json::writeString);
    json.writeEndArray();
    json.writeEndObject();
  }

  private static Target target(JsonNode json, Path file) {
    List<String> files = new ArrayList<>();
    json.path("files").forEach(f -> files.add(f.asString()));
    return new Target(
        json.path("name").asString(),
        scope(json, file),
        StoredPath.decode(json.path("root").asString(), file),
        files);
  }

  private static void writeStep(JsonGenerator json, Step step) {
    json.writeStartObject();
    json.writeStringProperty("operation", step.operation().name());
    json.writeNumberProperty("target", step.target());
    json.writeStringProperty("path", step.path().encoded());
    json.writeStringProperty("live", StoredPath.encode(step.live()));
    json.writeStringProperty("readable", step.live().toString());
    json.writeStringProperty("staged", StoredPath.encode(step.staged()));
    json.writeStringProperty("aside", StoredPath.encode(step.aside()));
    writeEntry(json, "before", step.before());
    writeEntry(json, "after", step.after());
    json.writeStringProperty("old_inode", step.oldInode());
    json.writeStringProperty("new_inode", step.newInode());
    json.writeEndObject();
  }

  private static Step step(JsonNode json, Path file) {
    return new Step(
        Step.Operation.valueOf(json.path("operation").asString()),
        json.path("target").asInt(),
        new EntryPath(json.path("path").asString()),
        StoredPath.decode(json.path("live").asString(), file),
        StoredPath.decode(json.path("staged").asString(), file),
        StoredPath.decode(json.path("aside").asString(), file),
        state(json.path("before")),
        state(json.path("after")),
        json.path("old_inode").asString(),
        json.path("new_inode").asString());
  }

  private static void writeEntry(JsonGenerator json, String name, EntryState state) {
    json.writeObjectPropertyStart(name);
    switch (state) {
      case EntryState.Absent absent -> json.writeStringProperty("type", "absent");
      case EntryState.Directory directory -> {
        json.writeStringProperty("type", "directory");
        json.writeNumberProperty("mode", directory.mode());
      }
      case EntryState.Link link -> {
        json.writeStringProperty("type", "link");
        json.writeStringProperty("to", link.target());
      }
      case EntryState.Regular file -> {
        json.writeStringProperty("type", "file");
        json.writeStringProperty("sha256", file.sha256().hex());
        json.writeNumberProperty("size", file.sizeBytes());
        json.writeNumberProperty("mode", file.mode());
      }
    }
    json.writeEndObject();
  }

  private static EntryState state(JsonNode json) {
    return switch (json.path("type").asString()) {
      case "absent" -> EntryState.ABSENT;
      case "directory" -> new EntryState.Directory(json.path("mode").asInt());
      case "link" -> new EntryState.Link(json.path("to").asString());
      case "file" ->
          new EntryState.Regular(
              new Sha256(json.path("sha256").asString()),
              json.path("size").asLong(),
              json.path("mode").asInt());
      default -> throw new IllegalArgumentException("no state of an entry: " + json);
    };
  }
}
