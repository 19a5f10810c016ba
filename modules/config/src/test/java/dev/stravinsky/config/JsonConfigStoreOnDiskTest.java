package dev.stravinsky.config;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.ConfigStoreContract;
import java.io.IOException;
import java.nio.file.Path;

class JsonConfigStoreOnDiskTest extends ConfigStoreContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
