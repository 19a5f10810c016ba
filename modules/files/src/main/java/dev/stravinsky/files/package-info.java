/**
 * The only code that writes files: durable write, tree digest, exchange, lock.
 *
 * <p>{@link dev.stravinsky.files.FileWrites} has each single change, {@link
 * dev.stravinsky.files.Durable} what has reached the disk when it returns, {@link
 * dev.stravinsky.files.NativePlatformFiles} what the JDK lacks. The latter calls the C library by
 * {@code java.lang.foreign}: a launcher passes {@code --enable-native-access=dev.stravinsky.files}
 * (on the class path {@code ALL-UNNAMED}), or the JDK warns at the first call.
 */
package dev.stravinsky.files;
