package dev.stravinsky.cli.command;

import dev.stravinsky.api.config.ConfigStore.Entry;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Table;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code stravinsky config show}. */
public final class ConfigShow extends Command {
  private final SecretsOption secrets = new SecretsOption(arguments());
  private final JsonOption json = new JsonOption(arguments());

  public ConfigShow(Session session) {
    super(session, "Show every setting with the value in force.");
  }

  @Override
  ExitStatus run() throws IOException {
    List<Entry> entries = services().config().entries();
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      Map<String, Object> values = new LinkedHashMap<>();
      entries.forEach(entry -> values.put(entry.key(), secrets.value(entry)));
      document.put("settings", values);
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    Table table = new Table("SETTING", "VALUE", "FROM");
    for (Entry entry : entries) {
      String source = entry.source().name().toLowerCase(Locale.ROOT);
      table.row(entry.key(), secrets.value(entry), source.equals("default") ? "" : source);
    }
    print(table);
    return ExitStatus.DONE;
  }
}
