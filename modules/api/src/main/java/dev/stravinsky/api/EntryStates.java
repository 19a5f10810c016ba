package dev.stravinsky.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;

/** Reads what is at a path. */
public final class EntryStates {
  private static final int BUFFER_BYTES = 128 * 1024;

  private EntryStates() {}

  /**
   * The state of an entry, a link not followed; {@link EntryState#ABSENT} if nothing is there.
   *
   * @throws IOException also for what is no file, link or directory (a device, a socket)
   */
  public static EntryState of(Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return EntryState.ABSENT;
    }
    if (attributes.isSymbolicLink()) {
      return new EntryState.Link(LinkTargets.encode(Files.readSymbolicLink(path)));
    }
    if (attributes.isDirectory()) {
      return new EntryState.Directory(FileModes.of(path));
    }
    if (!attributes.isRegularFile()) {
      throw new IOException(path + " is neither a file, a link nor a directory");
    }
    return regular(path);
  }

  /** The state of a regular file; a link is followed. */
  public static EntryState.Regular regular(Path file) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    long size = 0;
    try (InputStream in = Files.newInputStream(file)) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        size += n;
      }
    }
    return new EntryState.Regular(Sha256.from(digest), size, FileModes.ofEnd(file));
  }
}
