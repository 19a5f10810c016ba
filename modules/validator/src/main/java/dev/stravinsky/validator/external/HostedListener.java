package dev.stravinsky.validator.external;

import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.spi.BackupListener;
import java.nio.file.Path;
import java.time.Duration;

/** A plugin's backup listeners. */
record HostedListener(HostedService service) implements BackupListener {
  /** Copying a backup elsewhere may take its time. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Override
  public String id() {
    return service.id();
  }

  @Override
  public void created(BackupManifest manifest, Path directory) throws PluginFailedException {
    tell("created", manifest, directory);
  }

  @Override
  public void deleting(BackupManifest manifest, Path directory) throws PluginFailedException {
    tell("deleting", manifest, directory);
  }

  private void tell(String what, BackupManifest manifest, Path directory)
      throws PluginFailedException {
    service.call(
        what,
        LIMIT,
        out -> {
          ContextWriter.path("directory", directory, out);
          ServiceWriter.manifest(manifest, out);
        });
  }
}
