package dev.stravinsky.merge;

import dev.stravinsky.testkit.Sandbox;
import dev.stravinsky.testkit.contract.MergerContract;
import java.io.IOException;
import java.nio.file.Path;

class MergerOnDiskTest extends MergerContract {
  @Override
  protected Sandbox open(Path emptyDir) throws IOException {
    return Sandbox.onDisk(emptyDir);
  }
}
