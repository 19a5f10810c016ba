package dev.stravinsky.config;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.config.ConfigStore;
import dev.stravinsky.api.config.Settings;
import dev.stravinsky.api.error.ErrorKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Settings kept in a JSON file, read anew at each call. */
final class JsonConfigStore implements ConfigStore {
  private final Environment environment;
  private final ConfigFile file;

  JsonConfigStore(Environment environment) {
    this.environment = environment;
    this.file = new ConfigFile(environment.home().config());
  }

  @Override
  public Settings load() throws IOException {
    return values().settings();
  }

  @Override
  public List<Entry> entries() throws IOException {
    Values values = values();
    return Keys.ALL.stream()
        .map(key -> new Entry(key.path(), values.written(key), values.source(key)))
        .toList();
  }

  @Override
  public void set(String path, String value) throws IOException {
    Faults faults = Faults.ofWords();
    Key<?> key = find(path, faults);
    Variables.parse(key, value, path, faults);
    faults.throwIfAny();
    if (key.equals(Keys.CHANNEL)) {
      Variables.parse(Keys.CHANNEL, value, path, faults)
          .flatMap(channel -> channel)
          .ifPresent(channel -> ChannelPlace.require(channel, environment));
    }
    String json = key.kind().fromWord(value);

    Faults before = Faults.in(file.path());
    Optional<String> text = file.text(before);
    Optional<Document> document = text.map(t -> readable(t, new Values(), before));
    before.throwIfAny();

    String changed =
        document.map(d -> changed(d, key, json)).orElseGet(() -> Edit.newFile(key, json));
    Faults after = Faults.in(file.path());
    readable(changed, new Values(), after);
    after.throwIfAny();
    file.replace(text.map(ConfigFile::byteOrderMark).orElse("") + changed);
  }

  @Override
  public Path file() {
    return file.path();
  }

  private Values values() throws IOException {
    Values values = new Values();
    Faults faults = Faults.in(file.path());
    file.text(faults).ifPresent(text -> readable(text, values, faults));
    Faults inVariables = Faults.ofWords();
    Variables.read(environment.variables(), values, inVariables);
    faults.addAll(inVariables);
    faults.throwIfAny();
    return values;
  }

  /** Reads the text into {@code values} and tells everything that is wrong with it. */
  private Document readable(String text, Values values, Faults faults) {
    Document document =
        new Document(text.substring(ConfigFile.byteOrderMark(text).length()), faults);
    document.read(values);
    TargetPlaces.check(values.of(Keys.TARGETS), environment, document.line("targets"), faults);
    return document;
  }

  private static String changed(Document document, Key<?> key, String json) {
    String text = document.text();
    Json.Members root = document.rootOrThrow();
    // Where the file has the short form too, both must go on saying the same.
    Optional<String> atTopLevel =
        key.equals(Keys.AUTO_ROLLBACK)
            ? Edit.setTopLevel(text, root, Keys.TOP_LEVEL_AUTO_ROLLBACK, json)
            : Optional.empty();
    if (atTopLevel.isEmpty()) {
      return Edit.set(text, root, key, json);
    }
    if (!document.gives(key.path())) {
      return atTopLevel.get();
    }
    Document half = new Document(atTopLevel.get(), Faults.ofWords());
    return Edit.set(half.text(), half.rootOrThrow(), key, json);
  }

  private static Key<?> find(String path, Faults faults) {
    Optional<Key<?>> key = Keys.find(path);
    if (key.isEmpty()) {
      List<String> known = Keys.ALL.stream().map(Key::path).toList();
      faults.add(ErrorKind.SCHEMA_ERROR, 1, path + ": is not known" + Nearest.hint(path, known));
      faults.throwIfAny();
    }
    return key.orElseThrow();
  }
}
