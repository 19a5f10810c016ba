package dev.stravinsky.cli.command;

import dev.stravinsky.api.check.Plugins.Plugin;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.output.Json;
import dev.stravinsky.cli.output.Table;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code stravinsky plugin list}. */
public final class PluginList extends Command {
  private final JsonOption json = new JsonOption(arguments());

  public PluginList(Session session) {
    super(session, "List plugins, what they provide, and why one is not active.");
  }

  @Override
  ExitStatus run() throws IOException {
    List<Plugin> plugins = services().plugins().list();
    if (json.asked()) {
      Map<String, Object> document = Json.document();
      document.put("plugins", plugins.stream().map(PluginList::json).toList());
      Json.print(output().results(), document);
      return ExitStatus.DONE;
    }
    if (plugins.isEmpty()) {
      output().line("No plugins. Drop a bundle here, or an executable in checks.d:");
      output().field("Plugins", services().environment().userPlugins());
      output().field("checks.d", services().environment().checksDirectory());
      return ExitStatus.DONE;
    }
    Table table = new Table("PLUGIN", "VERSION", "STATE", "PROVIDES");
    for (Plugin plugin : plugins) {
      table.row(
          plugin.name(),
          plugin.version(),
          plugin.state().name().toLowerCase(Locale.ROOT),
          String.join(", ", plugin.provides()));
    }
    print(table);
    for (Plugin plugin : plugins) {
      plugin.reason().ifPresent(reason -> why(plugin, reason));
    }
    return ExitStatus.DONE;
  }

  /** By its file: two may have one name. */
  private void why(Plugin plugin, String reason) {
    output().line(plugin.file().getFileName() + ":");
    output().paragraph("", reason);
  }

  private static Map<String, Object> json(Plugin plugin) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", plugin.name());
    json.put("version", plugin.version());
    json.put("file", plugin.file());
    json.put("state", plugin.state().name().toLowerCase(Locale.ROOT));
    json.put("provides", plugin.provides());
    json.put("reason", plugin.reason());
    return json;
  }
}
