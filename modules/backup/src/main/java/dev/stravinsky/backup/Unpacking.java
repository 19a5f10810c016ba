package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.platform.PlatformFiles;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.files.ScratchFolder;
import dev.stravinsky.files.WholeForce;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Unpacks content into a folder of the staging area. The files there have numbers for names:
 * nothing that stands in an archive or a manifest decides where something is written.
 */
final class Unpacking implements Backup.Extraction {
  /** Files are made in several folders: two threads in one folder wait for each other. */
  private static final int FOLDERS = 16;

  private final ScratchFolder folder;
  private final WholeForce force;
  private final Map<BackupEntry, Path> contents = new HashMap<>();
  private final List<Problem> damage = new ArrayList<>();

  /** The force is opened before the writing, so that no error in between is missed. */
  private Unpacking(ScratchFolder folder, PlatformFiles platform) throws IOException {
    this.folder = folder;
    this.force = WholeForce.before(platform, folder.directory());
  }

  /** An entry that is asked for, and what stands in the archive for its content. */
  record Wanted(BackupEntry entry, Stored content, String archive) {}

  /** Knows the members of archives by their numbers. */
  interface Members {
    Optional<Member> member(String archive, int index) throws IOException;
  }

  /**
   * Unpacks all that is wanted into {@code folder}, which is empty and from now on this one's.
   *
   * @throws DamagedException naming every entry whose content is not what the manifest says; the
   *     folder is removed then, as on every failure
   */
  static Unpacking unpack(
      PlatformFiles platform,
      Path backup,
      ScratchFolder folder,
      List<Wanted> wanted,
      Members members,
      Parallel parallel)
      throws IOException {
    Unpacking extraction = open(folder, platform);
    try {
      List<Path> folders = extraction.folders(wanted.size());
      Map<String, TreeMap<Integer, List<Wanted>>> plan = new TreeMap<>();
      for (Wanted each : wanted) {
        plan.computeIfAbsent(each.archive(), a -> new TreeMap<>())
            .computeIfAbsent(each.content().member(), m -> new ArrayList<>())
            .add(each);
        int number = extraction.contents.size();
        Path in = folders.get(each.content().member() % folders.size());
        extraction.contents.put(each.entry(), in.resolve(Integer.toString(number)));
      }
      for (Map.Entry<String, TreeMap<Integer, List<Wanted>>> archive : plan.entrySet()) {
        extraction.unpack(backup.resolve(archive.getKey()), members, archive.getValue(), parallel);
      }
      if (!extraction.damage.isEmpty()) {
        throw new DamagedException(extraction.damage);
      }
      return extraction;
    } catch (IOException | RuntimeException e) {
      try {
        extraction.close();
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private static Unpacking open(ScratchFolder folder, PlatformFiles platform) throws IOException {
    try {
      return new Unpacking(folder, platform);
    } catch (IOException | RuntimeException e) {
      try {
        folder.close();
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private List<Path> folders(int files) throws IOException {
    if (files <= FOLDERS) {
      return List.of(folder.directory());
    }
    List<Path> folders = new ArrayList<>();
    for (int i = 0; i < FOLDERS; i++) {
      Path each = folder.directory().resolve("in" + i);
      FileWrites.createDirectory(each, FileWrites.PRIVATE_DIRECTORY);
      folders.add(each);
    }
    return folders;
  }

  private void unpack(
      Path archive, Members members, Map<Integer, List<Wanted>> byMember, Parallel parallel)
      throws IOException {
    String name = archive.getFileName().toString();
    if (!Presence.isRegularFile(archive)) {
      damaged(archive, "is missing", byMember.values().iterator().next());
      return;
    }
    try (ArchiveReader reader = new ArchiveReader(archive)) {
      List<Map.Entry<Member, List<Wanted>>> work = new ArrayList<>();
      for (Map.Entry<Integer, List<Wanted>> each : byMember.entrySet()) {
        List<Wanted> wanted = each.getValue();
        Optional<Member> member = members.member(name, each.getKey());
        if (member.isEmpty()) {
          damaged(archive, "the manifest names a member that is not there", wanted);
          continue;
        }
        work.add(Map.entry(member.get(), wanted));
      }
      parallel.inOrder(
          work,
          each -> {
            unpack(archive, reader, each.getKey(), each.getValue());
            return archive;
          },
          done -> {});
    }
  }

  private void unpack(Path archive, ArchiveReader reader, Member member, List<Wanted> wanted)
      throws IOException {
    try {
      if (wanted.getFirst().content().at() == 0) {
        for (Wanted each : wanted) {
          stream(archive, reader, member, each);
        }
        return;
      }
      byte[] raw = reader.unpack(member);
      for (Wanted each : wanted) {
        slice(archive, raw, each);
      }
    } catch (TarFormatException e) {
      damaged(archive, e.getMessage(), wanted);
    }
  }

  private void slice(Path archive, byte[] raw, Wanted wanted) throws IOException {
    EntryState.Regular file = (EntryState.Regular) wanted.content().state();
    long at = wanted.content().at();
    boolean within = at <= raw.length && file.sizeBytes() <= raw.length - at;
    byte[] content =
        within
            ? java.util.Arrays.copyOfRange(raw, (int) at, (int) (at + file.sizeBytes()))
            : new byte[0];
    if (!within || !Sha256.of(content).equals(file.sha256())) {
      damaged(archive, "the content has another checksum", List.of(wanted));
      return;
    }
    FileWrites.create(contents.get(wanted.entry()), content, FileWrites.PRIVATE_FILE);
  }

  private void stream(Path archive, ArchiveReader reader, Member member, Wanted wanted)
      throws IOException, TarFormatException {
    EntryState.Regular file = (EntryState.Regular) wanted.content().state();
    MessageDigest digest = Sha256.newDigest();
    long[] left = {file.sizeBytes()};
    try (FileChannel channel = FileWrites.create(contents.get(wanted.entry()))) {
      reader.stream(
          member,
          (bytes, n) -> {
            int content = (int) Math.min(n, left[0]);
            digest.update(bytes, 0, content);
            FileWrites.writeFully(channel, ByteBuffer.wrap(bytes, 0, content));
            left[0] -= content;
          });
    }
    if (left[0] != 0 || !Sha256.from(digest).equals(file.sha256())) {
      damaged(archive, "the content has another checksum", List.of(wanted));
    }
  }

  private synchronized void damaged(Path archive, String what, List<Wanted> wanted) {
    for (Wanted each : wanted) {
      BackupEntry entry = each.entry();
      damage.add(
          Problem.of(
                  ErrorKind.CORRUPTED_BACKUP,
                  each.content().place().archivePath() + " is damaged: " + what)
              .inFile(archive)
              .leaving("nothing was changed")
              .next("stravinsky recovery file " + ShellWord.of(entry.path().readable())));
    }
  }

  @Override
  public Optional<Path> content(BackupEntry entry) {
    return Optional.ofNullable(contents.get(entry));
  }

  @Override
  public boolean force() throws IOException {
    return force.force();
  }

  @Override
  public void close() throws IOException {
    force.close();
    folder.close();
  }
}
