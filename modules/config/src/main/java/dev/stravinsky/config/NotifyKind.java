package dev.stravinsky.config;

import dev.stravinsky.api.config.Settings.NotifySetting;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code notify}: whom to tell, by a command or a webhook. */
final class NotifyKind implements Kind<List<NotifySetting>> {
  private static final List<String> FIELDS = List.of("type", "command", "url");

  @Override
  public String expected() {
    return "an array of objects with type and command or url";
  }

  @Override
  public Optional<List<NotifySetting>> read(Json json, String jsonPath, Faults faults) {
    if (!(json instanceof Json.Items items)) {
      return refuse(json, jsonPath, faults);
    }
    List<NotifySetting> notifiers = new ArrayList<>();
    for (int i = 0; i < items.items().size(); i++) {
      String path = jsonPath + "[" + i + "]";
      Json item = items.items().get(i);
      if (item instanceof Json.Members object) {
        notifier(Fields.of(object, path, FIELDS, faults)).ifPresent(notifiers::add);
      } else {
        faults.add(path, item, "must be an object, but is " + item.describe());
      }
    }
    return Optional.of(notifiers);
  }

  private static Optional<NotifySetting> notifier(Fields fields) {
    Optional<String> type = fields.text("type");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    return switch (type.get()) {
      case "command" -> command(fields);
      case "webhook" -> webhook(fields);
      default -> {
        fields.refuse("type", "must be \"command\" or \"webhook\"");
        yield Optional.empty();
      }
    };
  }

  private static Optional<NotifySetting> command(Fields fields) {
    if (fields.has("url")) {
      fields.refuse("url", "belongs to a webhook, not to a command");
    }
    Optional<List<String>> words =
        fields.json("command").filter(Json.Items.class::isInstance).isPresent()
            ? fields.texts("command")
            : fields.text("command").map(CommandWords::split);
    if (words.isPresent() && words.get().isEmpty()) {
      fields.refuse("command", "has no word");
      return Optional.empty();
    }
    return words.map(w -> new NotifySetting("command", w));
  }

  private static Optional<NotifySetting> webhook(Fields fields) {
    if (fields.has("command")) {
      fields.refuse("command", "belongs to a command, not to a webhook");
    }
    Optional<String> url = fields.text("url");
    if (url.isPresent() && !isWebAddress(url.get())) {
      // Not repeated in the message: such addresses are secrets.
      fields.refuse("url", "must be an http:// or https:// address");
      return Optional.empty();
    }
    return url.map(u -> new NotifySetting("webhook", List.of(u)));
  }

  private static boolean isWebAddress(String text) {
    try {
      URI uri = URI.create(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Override
  public String write(List<NotifySetting> value) {
    return value.stream().map(NotifyKind::write).collect(Collectors.joining(", ", "[", "]"));
  }

  private static String write(NotifySetting notifier) {
    return notifier.type().equals("webhook")
        ? "{\"type\": \"webhook\", \"url\": "
            + JsonWriting.quoted(notifier.destination().getFirst())
            + "}"
        : "{\"type\": \"command\", \"command\": " + JsonWriting.list(notifier.destination()) + "}";
  }
}
