package dev.stravinsky.files;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** A file or directory opened by the C library. It is not inherited by child processes. */
final class Descriptor implements AutoCloseable {
  private static final boolean MAC = Os.current() == Os.MACOS;
  private static final int READ = 0;
  private static final int READ_WRITE = 2;
  private static final int CREATE = MAC ? 0x200 : 0100;
  private static final int CLOSE_ON_EXEC = MAC ? 0x1000000 : 02000000;
  // So that the opening of a FIFO in place of a file does not wait for ever.
  private static final int NON_BLOCKING = MAC ? 4 : 04000;
  private static final int PRIVATE = 0600;

  private static final NativeFunction OPEN = NativeFunction.variadic("open", 2);
  private static final NativeFunction CLOSE = NativeFunction.of("close");

  private final int number;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private Descriptor(int number) {
    this.number = number;
  }

  /** Opens what exists, also a directory, for reading. */
  static Descriptor reading(Path path) throws IOException {
    return opened(path, READ | CLOSE_ON_EXEC | NON_BLOCKING);
  }

  /** Opens a file for reading and writing; creates it, with mode 0600, if it is not there. */
  static Descriptor readingAndWriting(Path file) throws IOException {
    return opened(file, READ_WRITE | CREATE | CLOSE_ON_EXEC | NON_BLOCKING);
  }

  private static Descriptor opened(Path path, int flags) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      NativeFunction.Result result = OPEN.call(Libc.bytes(path, arena), flags, PRIVATE);
      if (result.failed()) {
        throw Libc.failure(result.errno(), path);
      }
      return new Descriptor(result.value());
    }
  }

  int number() {
    return number;
  }

  /** Closing again does nothing: the number may be another file's by then. */
  @Override
  public void close() {
    closeOnce();
  }

  /** Whether this was the call that closed it. */
  boolean closeOnce() {
    boolean first = open.compareAndSet(true, false);
    if (first) {
      CLOSE.callOnce(number);
    }
    return first;
  }
}
