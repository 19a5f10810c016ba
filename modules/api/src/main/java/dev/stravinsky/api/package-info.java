/**
 * The vocabulary: what the words of the product mean as types.
 *
 * <p>A {@link dev.stravinsky.api.Target} is a set of files guarded as one; a {@link
 * dev.stravinsky.api.TargetPath} is a path in one; a {@link dev.stravinsky.api.TargetView} its
 * entries as they are or would be; a {@link dev.stravinsky.api.Scope} says whose they are. {@link
 * dev.stravinsky.api.Home} is the layout on disk, {@link dev.stravinsky.api.Environment} the world
 * around, {@link dev.stravinsky.api.Services} the way to every service. Each service has a package
 * below this one.
 *
 * <p>The records that every command compares write {@code equals} and {@code hashCode} out: those
 * that the compiler makes are linked at their first call, which costs each start a millisecond or
 * more, and no start-up cache keeps them.
 */
package dev.stravinsky.api;
