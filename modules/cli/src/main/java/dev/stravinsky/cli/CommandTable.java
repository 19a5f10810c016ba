package dev.stravinsky.cli;

import dev.stravinsky.cli.command.AuditExport;
import dev.stravinsky.cli.command.AuditLog;
import dev.stravinsky.cli.command.AuditRebuild;
import dev.stravinsky.cli.command.AuditShow;
import dev.stravinsky.cli.command.AuditStats;
import dev.stravinsky.cli.command.AuditVerify;
import dev.stravinsky.cli.command.BackupCleanup;
import dev.stravinsky.cli.command.BackupCreate;
import dev.stravinsky.cli.command.BackupDiff;
import dev.stravinsky.cli.command.BackupList;
import dev.stravinsky.cli.command.BackupShow;
import dev.stravinsky.cli.command.BackupVerify;
import dev.stravinsky.cli.command.ChannelAdd;
import dev.stravinsky.cli.command.ChannelKey;
import dev.stravinsky.cli.command.ChannelRenew;
import dev.stravinsky.cli.command.ChannelRotate;
import dev.stravinsky.cli.command.ChannelWithdraw;
import dev.stravinsky.cli.command.ChaosCommand;
import dev.stravinsky.cli.command.CheckCommand;
import dev.stravinsky.cli.command.Command;
import dev.stravinsky.cli.command.CompletionCommand;
import dev.stravinsky.cli.command.ConfigGet;
import dev.stravinsky.cli.command.ConfigPath;
import dev.stravinsky.cli.command.ConfigSet;
import dev.stravinsky.cli.command.ConfigShow;
import dev.stravinsky.cli.command.ConfigValidate;
import dev.stravinsky.cli.command.ConflictList;
import dev.stravinsky.cli.command.ConflictResolve;
import dev.stravinsky.cli.command.DemoCommand;
import dev.stravinsky.cli.command.GroupCommand;
import dev.stravinsky.cli.command.GuardCommand;
import dev.stravinsky.cli.command.HoldCommand;
import dev.stravinsky.cli.command.PinCommand;
import dev.stravinsky.cli.command.PluginInstall;
import dev.stravinsky.cli.command.PluginList;
import dev.stravinsky.cli.command.PluginRemove;
import dev.stravinsky.cli.command.RecoveryDirectory;
import dev.stravinsky.cli.command.RecoveryEmergency;
import dev.stravinsky.cli.command.RecoveryFile;
import dev.stravinsky.cli.command.RecoveryVersion;
import dev.stravinsky.cli.command.ReleaseBuild;
import dev.stravinsky.cli.command.ReportCommand;
import dev.stravinsky.cli.command.RollbackList;
import dev.stravinsky.cli.command.RollbackShow;
import dev.stravinsky.cli.command.RollbackTo;
import dev.stravinsky.cli.command.RollbackUndo;
import dev.stravinsky.cli.command.RootCommand;
import dev.stravinsky.cli.command.StatusCommand;
import dev.stravinsky.cli.command.UnholdCommand;
import dev.stravinsky.cli.command.UnpinCommand;
import dev.stravinsky.cli.command.UpdateCommand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Every command by its words. Only the one that was typed is built, since reading the annotations
 * of all of them would be most of a short command's time; help and typing errors build all.
 */
final class CommandTable {
  private static final Map<String, String> GROUPS = new LinkedHashMap<>();
  private static final Map<String, Function<Session, Command>> COMMANDS = new LinkedHashMap<>();

  /** Those that a person waits for while they lock, force and swap files. */
  private static final Set<String> CHANGING =
      Set.of(
          "update",
          "backup create",
          "rollback undo",
          "rollback to",
          "recovery file",
          "recovery directory",
          "recovery version",
          "guard");

  /** Options of an update with which plugins take part, and those of the usual home. */
  private static final Set<String> WITH_PLUGINS =
      Set.of("--version", "--on-conflict", "--accept", "--scope", "--dry-run", "--json");

  static {
    COMMANDS.put("update", UpdateCommand::new);
    COMMANDS.put("status", StatusCommand::new);
    COMMANDS.put("check", CheckCommand::new);
    GROUPS.put("backup", "Make, list, verify and retire backups.");
    COMMANDS.put("backup create", BackupCreate::new);
    COMMANDS.put("backup list", BackupList::new);
    COMMANDS.put("backup show", BackupShow::new);
    COMMANDS.put("backup verify", BackupVerify::new);
    COMMANDS.put("backup diff", BackupDiff::new);
    COMMANDS.put("backup cleanup", BackupCleanup::new);
    GROUPS.put("rollback", "Go back to an earlier version, or forward again.");
    COMMANDS.put("rollback list", RollbackList::new);
    COMMANDS.put("rollback show", RollbackShow::new);
    COMMANDS.put("rollback undo", RollbackUndo::new);
    COMMANDS.put("rollback to", RollbackTo::new);
    GROUPS.put("recovery", "Get files back.");
    COMMANDS.put("recovery file", RecoveryFile::new);
    COMMANDS.put("recovery directory", RecoveryDirectory::new);
    COMMANDS.put("recovery version", RecoveryVersion::new);
    COMMANDS.put("recovery emergency", RecoveryEmergency::new);
    GROUPS.put("audit", "See what happened, provably.");
    COMMANDS.put("audit log", AuditLog::new);
    COMMANDS.put("audit show", AuditShow::new);
    COMMANDS.put("audit verify", AuditVerify::new);
    COMMANDS.put("audit export", AuditExport::new);
    COMMANDS.put("audit stats", AuditStats::new);
    COMMANDS.put("audit rebuild", AuditRebuild::new);
    COMMANDS.put("report", ReportCommand::new);
    GROUPS.put("config", "See and change the settings.");
    COMMANDS.put("config show", ConfigShow::new);
    COMMANDS.put("config get", ConfigGet::new);
    COMMANDS.put("config set", ConfigSet::new);
    COMMANDS.put("config validate", ConfigValidate::new);
    COMMANDS.put("config path", ConfigPath::new);
    GROUPS.put("plugin", "Add checks of your own.");
    COMMANDS.put("plugin list", PluginList::new);
    COMMANDS.put("plugin install", PluginInstall::new);
    COMMANDS.put("plugin remove", PluginRemove::new);
    GROUPS.put("release", "Make releases.");
    COMMANDS.put("release build", ReleaseBuild::new);
    GROUPS.put("channel", "Publish releases for others to update from.");
    COMMANDS.put("channel key", ChannelKey::new);
    COMMANDS.put("channel add", ChannelAdd::new);
    COMMANDS.put("channel withdraw", ChannelWithdraw::new);
    COMMANDS.put("channel renew", ChannelRenew::new);
    COMMANDS.put("channel rotate", ChannelRotate::new);
    GROUPS.put("conflict", "Files that both you and a release changed.");
    COMMANDS.put("conflict list", ConflictList::new);
    COMMANDS.put("conflict resolve", ConflictResolve::new);
    COMMANDS.put("hold", HoldCommand::new);
    COMMANDS.put("unhold", UnholdCommand::new);
    COMMANDS.put("pin", PinCommand::new);
    COMMANDS.put("unpin", UnpinCommand::new);
    COMMANDS.put("guard", GuardCommand::new);
    COMMANDS.put("demo", DemoCommand::new);
    COMMANDS.put("chaos", ChaosCommand::new);
    COMMANDS.put("completion", CompletionCommand::new);
  }

  private CommandTable() {}

  /** The command line for these words. */
  static CommandLine commandLine(Session session, String[] words) {
    List<String> wanted = typed(words);
    CommandSpec root = new RootCommand().spec();
    session.addOptions(root);
    Map<String, CommandSpec> groups = new LinkedHashMap<>();
    for (String path : wanted) {
      int space = path.indexOf(' ');
      CommandSpec parent = root;
      if (space > 0) {
        String group = path.substring(0, space);
        parent = groups.computeIfAbsent(group, name -> group(root, name));
      }
      parent.addSubcommand(path.substring(space + 1), COMMANDS.get(path).apply(session).spec());
    }
    return new CommandLine(root)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true)
        .setExpandAtFiles(false);
  }

  /** Whether the one command whose words these are locks, forces and swaps files. */
  static boolean changesFiles(String[] words) {
    List<String> typed = typed(words);
    return typed.size() == 1 && CHANGING.contains(typed.getFirst());
  }

  /** Whether the one command whose words these are begins with a lock, and writes the trail. */
  static boolean takesLock(String[] words) {
    return changesFiles(words) || typed(words).equals(List.of("backup verify"));
  }

  /** Whether the words are sure to lead to checks by plugins, before they are read as options. */
  static boolean runsPlugins(String[] words) {
    return typed(words).equals(List.of("update"))
        && Stream.of(words)
            .filter(word -> word.startsWith("-"))
            .allMatch(word -> WITH_PLUGINS.contains(word.split("=", 2)[0]));
  }

  private static CommandSpec group(CommandSpec root, String name) {
    CommandSpec spec = new GroupCommand(GROUPS.get(name)).spec();
    root.addSubcommand(name, spec);
    return spec;
  }

  /** The one command whose words these are; all if it is not clear. */
  private static List<String> typed(String[] words) {
    if (Arrays.equals(words, new String[] {"--version"})) {
      return List.of();
    }
    List<String> plain = new ArrayList<>();
    for (String word : words) {
      if (word.startsWith("-")) {
        break; // An option's value could be taken for a command.
      }
      plain.add(word);
    }
    if (!plain.isEmpty() && COMMANDS.containsKey(plain.getFirst())) {
      return List.of(plain.getFirst());
    }
    if (plain.size() > 1 && COMMANDS.containsKey(plain.get(0) + " " + plain.get(1))) {
      return List.of(plain.get(0) + " " + plain.get(1));
    }
    return List.copyOf(COMMANDS.keySet());
  }
}
