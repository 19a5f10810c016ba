package dev.stravinsky.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.InstalledVersions;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** {@link InstalledVersions} in one small file, each change a durable replacement of it. */
final class LatestFile implements InstalledVersions {
  private static final int FORMAT = 1;

  private final Path file;

  LatestFile(Path file) {
    this.file = file;
  }

  /** What is known of one scope: the changes oldest first. */
  private record Known(Version version, List<VersionChange> history) {
    static final Known NOTHING = new Known(Version.UNTRACKED, List.of());
  }

  @Override
  public Version current(Scope scope) throws IOException {
    return read().getOrDefault(scope.key(), Known.NOTHING).version();
  }

  @Override
  public List<VersionChange> history(Scope scope) throws IOException {
    return read().getOrDefault(scope.key(), Known.NOTHING).history().reversed();
  }

  @Override
  public void push(Scope scope, VersionChange change) throws IOException {
    Map<String, Known> all = read();
    List<VersionChange> history =
        new ArrayList<>(all.getOrDefault(scope.key(), Known.NOTHING).history());
    if (history.stream().anyMatch(c -> c.transactionId().equals(change.transactionId()))) {
      return;
    }
    history.add(change);
    all.put(scope.key(), new Known(change.to(), history));
    write(all);
  }

  @Override
  public void pop(Scope scope, String undoneTransaction) throws IOException {
    Map<String, Known> all = read();
    List<VersionChange> history =
        new ArrayList<>(all.getOrDefault(scope.key(), Known.NOTHING).history());
    if (history.isEmpty() || !history.getLast().transactionId().equals(undoneTransaction)) {
      return;
    }
    VersionChange undone = history.removeLast();
    all.put(scope.key(), new Known(undone.from(), history));
    write(all);
  }

  @Override
  public Set<Version> versionsInUse() throws IOException {
    Set<Version> versions = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
    for (Known known : read().values()) {
      versions.add(known.version());
      for (VersionChange change : known.history()) {
        versions.add(change.from());
        versions.add(change.to());
      }
    }
    return versions;
  }

  private Map<String, Known> read() throws IOException {
    Map<String, Known> all = new TreeMap<>();
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return all;
    }
    String[] sum = {""};
    try (JsonParser parser = Json.parser(new ByteArrayInputStream(content))) {
      Json.reading(file, parser, () -> read(parser, all, sum));
    }
    requireSum(sum[0], all);
    return all;
  }

  /** A flipped bit can leave sound JSON that says something else: that nothing is installed. */
  private void requireSum(String found, Map<String, Known> all) throws IOException {
    if (!found.equals(Sha256.of(written(all, Optional.empty())).hex())) {
      throw new DamagedException(
          Problem.of(ErrorKind.CORRUPTED_BACKUP, "is not what was written: its checksum differs")
              .inFile(file)
              .leaving("nothing was changed")
              .next("stravinsky recovery emergency"));
    }
  }

  private Map<String, Known> read(JsonParser parser, Map<String, Known> all, String[] sum)
      throws IOException {
    parser.nextToken();
    Json.fields(
        parser,
        name -> {
          if (name.equals("format")) {
            requireKnownFormat(Json.number(parser));
          } else if (name.equals("sha256")) {
            sum[0] = Json.text(parser);
          } else if (name.equals("scopes")) {
            Json.fields(
                parser,
                scope -> {
                  all.put(scope, known(parser));
                  return true;
                });
          }
          return true;
        });
    return all;
  }

  private void requireKnownFormat(long format) {
    if (format > FORMAT) {
      throw new RefusedException(
          Problem.of(
                  ErrorKind.VERSION_MISMATCH,
                  "is of format "
                      + format
                      + ", made by a newer version of this program, which"
                      + " reads format "
                      + FORMAT
                      + " at most")
              .inFile(file)
              .leaving("nothing was changed")
              .next("update stravinsky, then type the command again"));
    }
  }

  private static Known known(JsonParser parser) throws IOException {
    String[] version = {Version.UNTRACKED.value()};
    List<VersionChange> history = new ArrayList<>();
    Json.fields(
        parser,
        name -> {
          if (name.equals("version")) {
            version[0] = Json.text(parser);
          } else if (name.equals("history")) {
            Json.expect(parser, JsonToken.START_ARRAY);
            while (Json.element(parser)) {
              history.add(change(parser));
            }
          }
          return true;
        });
    return new Known(new Version(version[0]), history);
  }

  private static VersionChange change(JsonParser parser) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    Json.fields(
        parser,
        name -> {
          if (parser.currentToken() == JsonToken.VALUE_STRING) {
            texts.put(name, parser.getString());
          }
          return true;
        });
    return new VersionChange(
        texts.getOrDefault("transaction", ""),
        new Version(texts.getOrDefault("from", "")),
        new Version(texts.getOrDefault("to", "")),
        new BackupId(texts.getOrDefault("before", "")),
        new BackupId(texts.getOrDefault("installed", "")),
        Instant.parse(texts.getOrDefault("timestamp", "")));
  }

  private void write(Map<String, Known> all) throws IOException {
    String sum = Sha256.of(written(all, Optional.empty())).hex();
    Durable.createDirectories(file.getParent());
    Durable.replace(file, written(all, Optional.of(sum)), FileWrites.PRIVATE_FILE);
  }

  /** The file's content; its checksum is that of the same without one. */
  private static byte[] written(Map<String, Known> all, Optional<String> sum) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.generator(out)) {
      json.writeStartObject();
      json.writeNumberProperty("format", FORMAT);
      json.writeObjectPropertyStart("scopes");
      all.forEach(
          (scope, known) -> {
            json.writeObjectPropertyStart(scope);
            json.writeStringProperty("version", known.version().value());
            json.writeArrayPropertyStart("history");
            known.history().forEach(change -> write(json, change));
            json.writeEndArray();
            json.writeEndObject();
          });
      json.writeEndObject();
      sum.ifPresent(value -> json.writeStringProperty("sha256", value));
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static void write(JsonGenerator json, VersionChange change) {
    json.writeStartObject();
    json.writeStringProperty("transaction", change.transactionId());
    json.writeStringProperty("from", change.from().value());
    json.writeStringProperty("to", change.to().value());
    json.writeStringProperty("before", change.before().value());
    json.writeStringProperty("installed", change.installed().value());
    json.writeStringProperty("timestamp", change.timestamp().toString());
    json.writeEndObject();
  }
}
