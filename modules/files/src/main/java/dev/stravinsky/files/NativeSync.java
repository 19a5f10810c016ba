package dev.stravinsky.files;

import dev.stravinsky.api.platform.PlatformFiles.FileSystemSync;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** {@code syncfs}, where its success means something. */
final class NativeSync implements FileSystemSync {
  private static final NativeFunction SYNCFS = NativeFunction.of("syncfs");

  /** On these it hands the data over, but does not ask for them to be made safe. */
  private static final Set<String> FORWARDING =
      Set.of("9p", "cifs", "smb3", "nfs", "nfs4", "fuse", "fuseblk", "virtiofs", "afs", "ceph");

  private final Descriptor descriptor;
  private final Path directory;

  private NativeSync(Descriptor descriptor, Path directory) {
    this.descriptor = descriptor;
    this.directory = directory;
  }

  /** Before Linux 5.8 write errors were not reported. */
  static boolean isTrusted(Path directory) throws IOException {
    if (!Os.linuxSince(5, 8)) {
      return false;
    }
    String type = Files.getFileStore(directory).type();
    return !FORWARDING.contains(type) && !type.startsWith("fuse.");
  }

  static FileSystemSync open(Path directory) throws IOException {
    return new NativeSync(Descriptor.reading(directory), directory);
  }

  @Override
  public void sync() throws IOException {
    NativeFunction.Result result = SYNCFS.call(descriptor.number());
    if (result.failed()) {
      throw Libc.failure(result.errno(), directory);
    }
  }

  @Override
  public void close() {
    descriptor.close();
  }
}
