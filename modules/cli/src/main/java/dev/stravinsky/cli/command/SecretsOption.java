package dev.stravinsky.cli.command;

import dev.stravinsky.api.Redaction;
import dev.stravinsky.api.config.ConfigStore.Entry;
import dev.stravinsky.cli.command.Arguments.Flag;

/** {@code --show-secrets}: without it what looks like a secret is hidden. */
final class SecretsOption {
  private final Flag shown;

  SecretsOption(Arguments arguments) {
    this.shown = arguments.flag("Show values that look like secrets too.", "--show-secrets");
  }

  /** The text of a file as it may be shown; of settings no value of {@code env} is. */
  String text(String text) {
    return shown.given() ? text : Redaction.ofFile(text);
  }

  /** A setting's value as it may be shown; where notifications go is a secret as a whole. */
  String value(Entry setting) {
    if (shown.given() || setting.value().equals("[]")) {
      return setting.value();
    }
    boolean secret = setting.key().startsWith("notify") || Redaction.isSecretName(setting.key());
    return secret ? Redaction.HIDDEN : Redaction.of(setting.value());
  }
}
