package dev.stravinsky.testkit.fs;

import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What all processes on one file system share, beside the files. */
record Disk(
    OperationGate gate,
    LockTable locks,
    ModeBits bits,
    Set<Object> openForWriting,
    AtomicReference<OptionalLong> freeBytes) {
  Disk() {
    this(
        new OperationGate(),
        new LockTable(),
        new ModeBits(),
        ConcurrentHashMap.newKeySet(),
        new AtomicReference<>(OptionalLong.empty()));
  }
}
