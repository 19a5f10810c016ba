package dev.stravinsky.testkit.fs;

import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** What all processes on one file system share, beside the files. */
record Disk(
    OperationGate gate,
    LockTable locks,
    ModeBits bits,
    InodeNumbers numbers,
    AtomicReference<InstantSource> clock,
    Set<Object> openForWriting,
    AtomicReference<OptionalLong> freeBytes) {
  Disk() {
    this(
        new OperationGate(),
        new LockTable(),
        new ModeBits(),
        new InodeNumbers(),
        new AtomicReference<>(InstantSource.system()),
        ConcurrentHashMap.newKeySet(),
        new AtomicReference<>(OptionalLong.empty()));
  }
}
