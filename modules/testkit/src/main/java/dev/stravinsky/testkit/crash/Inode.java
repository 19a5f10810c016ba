package dev.stravinsky.testkit.crash;

import dev.stravinsky.testkit.fs.DiskChange.Attributes;
import dev.stravinsky.testkit.fs.DiskChange.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** A file, a directory or a link on a disk. Never changed: each change makes another one. */
final class Inode {
  private static final byte[] NONE = {};

  private final Kind kind;
  private final String linkTarget;
  private final Attributes attributes;
  private final byte[] content;
  private final SortedMap<String, Long> entries;
  private byte[] ownDigest = NONE;

  private Inode(
      Kind kind,
      String linkTarget,
      Attributes attributes,
      byte[] content,
      SortedMap<String, Long> entries) {
    this.kind = kind;
    this.linkTarget = linkTarget;
    this.attributes = attributes;
    this.content = content;
    this.entries = entries;
  }

  static Inode empty(Kind kind, String linkTarget, Attributes attributes) {
    return new Inode(kind, linkTarget, attributes, NONE, new TreeMap<>());
  }

  Kind kind() {
    return kind;
  }

  /** Where a link leads; empty for others. */
  String linkTarget() {
    return linkTarget;
  }

  Attributes attributes() {
    return attributes;
  }

  /** The bytes of a file, not to be changed; none for others. */
  byte[] content() {
    return content;
  }

  /** What the names in a directory lead to, not to be changed; none for others. */
  SortedMap<String, Long> entries() {
    return entries;
  }

  /** A digest of everything but times and entries, reckoned once: many images share an inode. */
  synchronized byte[] ownDigest() {
    if (ownDigest.length == 0) {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        String modes = PosixFilePermissions.toString(attributes.permissions());
        String told = kind + modes + new TreeMap<>(attributes.named()) + '\0' + linkTarget + '\0';
        digest.update(told.getBytes(StandardCharsets.UTF_16BE));
        ownDigest = digest.digest(content);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
    return ownDigest;
  }

  Inode with(Attributes others) {
    return new Inode(kind, linkTarget, others, content, entries);
  }

  Inode written(long position, byte[] bytes) {
    int end = Math.toIntExact(position + bytes.length);
    byte[] next = Arrays.copyOf(content, Math.max(content.length, end));
    System.arraycopy(bytes, 0, next, Math.toIntExact(position), bytes.length);
    return new Inode(kind, linkTarget, attributes, next, entries);
  }

  Inode resized(long size) {
    byte[] next = Arrays.copyOf(content, Math.toIntExact(size));
    return new Inode(kind, linkTarget, attributes, next, entries);
  }

  Inode named(String name, OptionalLong inode) {
    SortedMap<String, Long> next = new TreeMap<>(entries);
    if (inode.isPresent()) {
      next.put(name, inode.getAsLong());
    } else {
      next.remove(name);
    }
    return new Inode(kind, linkTarget, attributes, content, next);
  }
}
