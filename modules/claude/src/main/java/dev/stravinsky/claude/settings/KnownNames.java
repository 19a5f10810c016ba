package dev.stravinsky.claude.settings;

import dev.stravinsky.api.Spelling;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Names that Claude Code knows. There are newer ones: what is not here is at most warned of. */
final class KnownNames {
  static final Set<String> EVENTS =
      Set.of(
          "PreToolUse",
          "PostToolUse",
          "PostToolUseFailure",
          "PermissionRequest",
          "PermissionDenied",
          "Notification",
          "PostToolBatch",
          "MessageDisplay",
          "UserPromptSubmit",
          "UserPromptExpansion",
          "Stop",
          "StopFailure",
          "SubagentStart",
          "SubagentStop",
          "PreCompact",
          "PostCompact",
          "SessionStart",
          "SessionEnd",
          "Setup",
          "TeammateIdle",
          "TaskCreated",
          "TaskCompleted",
          "ConfigChange",
          "CwdChanged",
          "DirectoryAdded",
          "FileChanged",
          "WorktreeCreate",
          "WorktreeRemove",
          "InstructionsLoaded",
          "Elicitation",
          "ElicitationResult");

  static final Set<String> ROOT =
      Set.of(
          "hooks",
          "permissions",
          "env",
          "statusLine",
          "model",
          "outputStyle",
          "apiKeyHelper",
          "cleanupPeriodDays",
          "disableAllHooks",
          "includeCoAuthoredBy",
          "enabledPlugins",
          "enableAllProjectMcpServers",
          "enabledMcpjsonServers",
          "disabledMcpjsonServers",
          "sandbox",
          "attribution",
          "language",
          "alwaysThinkingEnabled",
          "subagentStatusLine",
          "fileSuggestion",
          "otelHeadersHelper",
          "awsAuthRefresh",
          "awsCredentialExport",
          "extraKnownMarketplaces",
          "availableModels",
          "effortLevel",
          "autoUpdatesChannel",
          "respectGitignore",
          "worktree",
          "theme");

  static final Set<String> HANDLER =
      Set.of(
          "type",
          "command",
          "args",
          "timeout",
          "if",
          "async",
          "asyncRewake",
          "shell",
          "statusMessage",
          "once",
          "prompt",
          "model",
          "url",
          "headers",
          "allowedEnvVars",
          "server",
          "tool",
          "input",
          "continueOnBlock",
          "description");

  static final Set<String> PERMISSIONS =
      Set.of(
          "allow",
          "deny",
          "ask",
          "defaultMode",
          "disableBypassPermissionsMode",
          "additionalDirectories",
          "disableAutoMode");

  static final Set<String> MODES =
      Set.of("default", "acceptEdits", "plan", "bypassPermissions", "dontAsk", "delegate", "auto");

  private KnownNames() {}

  /** The known name that a person may have meant. */
  static Optional<String> meant(String written, Set<String> known) {
    return known.stream()
        .sorted()
        .filter(name -> distance(written, name) <= (name.length() < 6 ? 1 : 2))
        .findFirst();
  }

  /** Case does not count. */
  private static int distance(String one, String other) {
    return Spelling.distance(one.toLowerCase(Locale.ROOT), other.toLowerCase(Locale.ROOT));
  }
}
