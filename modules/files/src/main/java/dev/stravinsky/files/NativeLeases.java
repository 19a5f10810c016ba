package dev.stravinsky.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Linux's file leases, for one question: the kernel grants a read lease only on a file that nobody
 * has open for writing, and a mapping counts as long as it is there.
 */
final class NativeLeases {
  private static final int SET_SIGNAL = 10;
  private static final int SET_LEASE = 1024;
  private static final int READ_LEASE = 0;
  private static final int NO_LEASE = 2;
  private static final int AGAIN = 11;
  private static final int HARMLESS_SIGNAL = 23; // SIGURG, which does nothing by itself.

  private static final NativeFunction FCNTL = NativeFunction.variadic("fcntl", 2);

  private NativeLeases() {}

  /** Empty for somebody else's file, and where the file system has no leases. */
  static Optional<Boolean> openForWriting(Path file) throws IOException {
    try (Descriptor descriptor = Descriptor.reading(file)) {
      // Who opens the file while we hold the lease makes the kernel tell us, by a signal that would
      // end the process.
      if (fcntl(descriptor, SET_SIGNAL, HARMLESS_SIGNAL).failed()) {
        return Optional.empty();
      }
      NativeFunction.Result lease = fcntl(descriptor, SET_LEASE, READ_LEASE);
      if (lease.failed()) {
        return lease.errno() == AGAIN ? Optional.of(true) : Optional.empty();
      }
      fcntl(descriptor, SET_LEASE, NO_LEASE);
      return Optional.of(false);
    }
  }

  private static NativeFunction.Result fcntl(Descriptor descriptor, int command, int argument) {
    return FCNTL.call(descriptor.number(), command, argument);
  }
}
