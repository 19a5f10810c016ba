package dev.stravinsky.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.Times;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.InstalledVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** {@link InstalledVersions} in {@code latest.json}. */
final class LatestFile implements InstalledVersions {
  private final ScopesFile<Known> file;

  LatestFile(Path file) {
    this.file = new ScopesFile<>(file, "stravinsky recovery emergency", new KnownForm());
  }

  /** What is known of one scope: the changes oldest first. */
  private record Known(Version version, List<VersionChange> history) {
    static final Known NOTHING = new Known(Version.UNTRACKED, List.of());
  }

  @Override
  public Version current(Scope scope) throws IOException {
    return file.read().getOrDefault(scope.key(), Known.NOTHING).version();
  }

  @Override
  public List<VersionChange> history(Scope scope) throws IOException {
    return file.read().getOrDefault(scope.key(), Known.NOTHING).history().reversed();
  }

  @Override
  public void push(Scope scope, VersionChange change) throws IOException {
    Map<String, Known> all = file.read();
    List<VersionChange> history =
        new ArrayList<>(all.getOrDefault(scope.key(), Known.NOTHING).history());
    if (history.stream().anyMatch(c -> c.transactionId().equals(change.transactionId()))) {
      return;
    }
    history.add(change);
    all.put(scope.key(), new Known(change.to(), history));
    file.write(all);
  }

  @Override
  public void pop(Scope scope, String undoneTransaction) throws IOException {
    Map<String, Known> all = file.read();
    List<VersionChange> history =
        new ArrayList<>(all.getOrDefault(scope.key(), Known.NOTHING).history());
    if (history.isEmpty() || !history.getLast().transactionId().equals(undoneTransaction)) {
      return;
    }
    VersionChange undone = history.removeLast();
    all.put(scope.key(), new Known(undone.from(), history));
    file.write(all);
  }

  @Override
  public Set<Version> versionsInUse() throws IOException {
    Set<Version> versions = new TreeSet<>((a, b) -> a.value().compareTo(b.value()));
    for (Known known : file.read().values()) {
      versions.add(known.version());
      for (VersionChange change : known.history()) {
        versions.add(change.from());
        versions.add(change.to());
      }
    }
    return versions;
  }

  private static final class KnownForm implements ScopesFile.Form<Known> {

    @Override
    public Known read(JsonParser parser) throws IOException {
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

    @Override
    public void write(JsonGenerator json, Known known) {
      json.writeStringProperty("version", known.version().value());
      json.writeArrayPropertyStart("history");
      known.history().forEach(change -> write(json, change));
      json.writeEndArray();
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
          Times.parse(texts.getOrDefault("timestamp", "")));
    }

    private static void write(JsonGenerator json, VersionChange change) {
      json.writeStartObject();
      json.writeStringProperty("transaction", change.transactionId());
      json.writeStringProperty("from", change.from().value());
      json.writeStringProperty("to", change.to().value());
      json.writeStringProperty("before", change.before().value());
      json.writeStringProperty("installed", change.installed().value());
      json.writeStringProperty("timestamp", Times.text(change.timestamp()));
      json.writeEndObject();
    }
  }
}
