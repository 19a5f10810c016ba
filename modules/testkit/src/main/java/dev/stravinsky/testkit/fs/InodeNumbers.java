package dev.stravinsky.testkit.fs;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The numbers that inodes are shown with, where they are not those of the delegate. */
final class InodeNumbers {
  private static final long NEW_INODES = 1L << 40;

  private final Map<Object, Long> shown = new ConcurrentHashMap<>();

  /** From now on this entry of the delegate says that its inode has that number. */
  void show(Path entry, long number) throws IOException {
    shown.put(key(entry, LinkOption.NOFOLLOW_LINKS), number);
  }

  private static Object key(Path entry, LinkOption... options) throws IOException {
    return Files.readAttributes(entry, BasicFileAttributes.class, options).fileKey();
  }

  /**
   * The number that an inode of the delegate is shown with.
   *
   * @throws IllegalStateException if the delegate's inodes have no numbers
   */
  long number(Object key) {
    if (!(key instanceof Number own)) {
      throw new IllegalStateException("the inodes of this file system have no numbers: " + key);
    }
    // What was made after the reboot must not look like what was there before it.
    return shown.isEmpty()
        ? own.longValue()
        : shown.getOrDefault(key, own.longValue() + NEW_INODES);
  }

  /** What the delegate says of an entry, with the number that is shown. */
  <A extends BasicFileAttributes> A of(A attributes, Class<A> type) {
    if (shown.isEmpty()) {
      return attributes;
    }
    long number = number(attributes.fileKey());
    return type.cast(
        Proxy.newProxyInstance(
            InodeNumbers.class.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return method.getName().equals("fileKey")
                    ? number
                    : method.invoke(attributes, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  /** The same by name. */
  Map<String, Object> of(Path entry, Map<String, Object> attributes, LinkOption... options)
      throws IOException {
    if (shown.isEmpty()) {
      return attributes;
    }
    long number = number(key(entry, options));
    Map<String, Object> numbered = new HashMap<>(attributes);
    numbered.replace("ino", number);
    numbered.replace("fileKey", number);
    return numbered;
  }
}
