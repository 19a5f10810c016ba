package dev.stravinsky.backup;

import dev.stravinsky.api.EntryState;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.backup.Backup;
import dev.stravinsky.api.backup.BackupEntry;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.files.ScratchFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/**
 * Unpacks content into a folder of the staging area. The files there have numbers for names:
 * nothing that stands in an archive or a manifest decides where something is written.
 */
final class Unpacking implements Backup.Extraction {
  private final ScratchFolder folder;
  private final Map<BackupEntry, Path> contents = new HashMap<>();
  private final List<Problem> damage = new ArrayList<>();

  private Unpacking(ScratchFolder folder) {
    this.folder = folder;
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
      Path backup, ScratchFolder folder, List<Wanted> wanted, Members members, Parallel parallel)
      throws IOException {
    Unpacking extraction = new Unpacking(folder);
    try {
      Map<String, TreeMap<Integer, List<Wanted>>> plan = new TreeMap<>();
      for (Wanted each : wanted) {
        plan.computeIfAbsent(each.archive(), a -> new TreeMap<>())
            .computeIfAbsent(each.content().member(), m -> new ArrayList<>())
            .add(each);
        extraction.contents.put(
            each.entry(), folder.directory().resolve(extraction.contents.size() + ""));
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

  private void unpack(
      Path archive, Members members, Map<Integer, List<Wanted>> byMember, Parallel parallel)
      throws IOException {
    String name = archive.getFileName().toString();
    if (!Files.isRegularFile(archive)) {
      damaged(archive, "is missing", byMember.values().iterator().next());
      return;
    }
    try (ArchiveReader reader = new ArchiveReader(archive)) {
      List<Callable<Void>> work = new ArrayList<>();
      for (Map.Entry<Integer, List<Wanted>> each : byMember.entrySet()) {
        List<Wanted> wanted = each.getValue();
        Optional<Member> member = members.member(name, each.getKey());
        if (member.isEmpty()) {
          damaged(archive, "the manifest names a member that is not there", wanted);
          continue;
        }
        work.add(
            () -> {
              unpack(archive, reader, member.get(), wanted);
              return null;
            });
      }
      parallel.inOrder(work.iterator(), nothing -> {});
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
              .next("stravinsky recovery file " + entry.path().readable()));
    }
  }

  @Override
  public Optional<Path> content(BackupEntry entry) {
    return Optional.ofNullable(contents.get(entry));
  }

  @Override
  public void close() throws IOException {
    folder.close();
  }
}
