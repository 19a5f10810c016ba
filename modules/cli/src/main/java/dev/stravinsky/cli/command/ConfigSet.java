package dev.stravinsky.cli.command;

import dev.stravinsky.api.audit.EventDraft;
import dev.stravinsky.api.audit.EventStatus;
import dev.stravinsky.api.audit.EventType;
import dev.stravinsky.api.error.ExitStatus;
import dev.stravinsky.api.platform.PlatformFiles.Lease;
import dev.stravinsky.api.platform.PlatformFiles.LockMode;
import dev.stravinsky.cli.Session;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code stravinsky config set KEY VALUE}. */
@CommandLine.Command(description = "Change a setting; a value that cannot be is refused.")
public final class ConfigSet extends Command {
  @Parameters(index = "0", paramLabel = "KEY", description = "For example backup.max_versions.")
  private String key;

  @Parameters(index = "1", paramLabel = "VALUE", description = "A number, true, false, or text.")
  private String value;

  public ConfigSet(Session session) {
    super(session);
  }

  @Override
  ExitStatus run() throws IOException {
    try (Lease lock = services().transactions().lock(List.of(), LockMode.EXCLUSIVE)) {
      services().config().set(key, value);
      services()
          .audit()
          .append(
              EventDraft.of(
                      services().environment().ids().get() + "-config",
                      EventType.CONFIG_CHANGED,
                      EventStatus.SUCCESS,
                      "user")
                  .withDetails(Map.of("key", key)));
    }
    output().success("Set " + key);
    return ExitStatus.DONE;
  }
}
