package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.cli.Session;
import dev.stravinsky.cli.command.Arguments.Value;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code stravinsky config set KEY VALUE}. */
public final class ConfigSet extends Command {
  private final Value<String> key =
      arguments().parameter("KEY", "For example backup.max_versions.");

  private final Value<String> value =
      arguments().parameter("VALUE", "A number, true, false, or text.");

  public ConfigSet(Session session) {
    super(session, "Change a setting; a value that cannot be is refused.");
  }

  @Override
  ExitStatus run() throws IOException {
    try (Lease lock = services().transactions().lock(List.of(), LockMode.EXCLUSIVE)) {
      services().config().set(key.get(), value.get());
      services()
          .audit()
          .append(
              EventDraft.of(
                      services().environment().ids().get() + "-config",
                      EventType.CONFIG_CHANGED,
                      EventStatus.SUCCESS,
                      "user")
                  .withDetails(Map.of("key", key.get())));
    }
    output().success("Set " + key.get());
    return ExitStatus.DONE;
  }
}
