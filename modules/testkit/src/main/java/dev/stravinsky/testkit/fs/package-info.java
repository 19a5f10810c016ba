/**
 * A file system that misbehaves as told. {@link dev.stravinsky.testkit.fs.FaultFileSystem} stands
 * before any other one, counts what changes it, and asks a {@link
 * dev.stravinsky.testkit.fs.FaultPlan} before each operation; {@link
 * dev.stravinsky.testkit.fs.SimulatedPlatformFiles} gives it exchange, forced syncs and locks with
 * the meaning that they have on Linux.
 */
package dev.stravinsky.testkit.fs;
