package dev.stravinsky.backup;

import dev.stravinsky.api.Parallel;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Sha256;
import dev.stravinsky.api.backup.BackupId;
import dev.stravinsky.api.backup.BackupManifest;
import dev.stravinsky.api.backup.VerificationReport;
import dev.stravinsky.api.error.DamagedException;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/**
 * Reads a backup and compares it with its checksums. Only what is wrong on two reads is damage; an
 * I/O error is thrown and says nothing of the backup.
 */
final class Verification {
  private static final String PHASE = "Verifying";

  private final Path folder;
  private final BackupId id;
  private final Parallel parallel;
  private final Progress progress;
  private final List<Problem> damage = new ArrayList<>();
  private final AtomicLong bytesRead = new AtomicLong();
  private final ContentCheck contents;
  private long totalBytes;

  Verification(Path folder, BackupId id, Parallel parallel, Progress progress) {
    this.folder = folder;
    this.id = id;
    this.parallel = parallel;
    this.progress = progress;
    this.contents = new ContentCheck(folder, parallel, damage);
  }

  /** Which members of an archive are unpacked. */
  interface Selection {
    IntPredicate of(String archive);
  }

  /**
   * Every stored byte against its checksum, then the selected members unpacked.
   *
   * @param witnessed the manifest's checksum according to the trail
   * @param selection empty to unpack nothing
   */
  VerificationReport run(Optional<String> witnessed, Optional<Selection> selection)
      throws IOException {
    Optional<BackupManifest> manifest = manifest();
    if (manifest.isPresent() && FolderFiles.isConfirmed(folder, witnessed)) {
      checkSums(manifest.get(), witnessed);
      List<String> broken = checkFiles(manifest.get().archives(), selection.isPresent());
      if (selection.isPresent()) {
        contents.run(manifest.get().archives(), selection.get(), broken);
      }
    } else {
      tellDistrust();
    }
    List<Problem> remarks =
        manifest.isPresent() ? FolderFiles.strangers(folder, manifest.get()) : List.of();
    return new VerificationReport(id, bytesRead.get(), contents.unpacked(), damage, remarks);
  }

  /** Whether SHA256SUMS and the trail confirm the manifest; nothing else is read. */
  VerificationReport runManifest(Optional<String> witnessed) throws IOException {
    Optional<BackupManifest> manifest = manifest();
    if (manifest.isPresent()) {
      checkSums(manifest.get(), witnessed);
    }
    return new VerificationReport(id, 0, 0, damage);
  }

  private Optional<BackupManifest> manifest() throws IOException {
    Path file = folder.resolve(ManifestWriter.NAME);
    try {
      BackupManifest manifest = ManifestReader.head(file).manifest();
      if (!manifest.id().equals(id)) {
        damaged(file, "says that it is of backup " + manifest.id() + ", not " + id);
      }
      return Optional.of(manifest);
    } catch (DamagedException e) {
      damage.addAll(e.problems());
    } catch (NoSuchFileException e) {
      damaged(file, "is missing");
    } catch (RefusedException e) {
      // A format of the future, or a damaged number: only a manifest that is confirmed is believed.
      if (FolderFiles.isConfirmed(folder, Optional.empty())) {
        throw e;
      }
      damage.addAll(e.problems());
    }
    return Optional.empty();
  }

  /** The manifest is damaged; the other files can still be compared with what SHA256SUMS says. */
  private void tellDistrust() throws IOException {
    if (damage.isEmpty()) {
      damaged(
          folder.resolve(ManifestWriter.NAME),
          "does not have the checksum that " + FolderFiles.SUMS + " says");
    }
    List<BackupManifest.Archive> files = new ArrayList<>();
    for (Map.Entry<String, String> said : FolderFiles.said(folder).entrySet()) {
      if (!said.getKey().equals(ManifestWriter.NAME)) {
        files.add(new BackupManifest.Archive(said.getKey(), 0, new Sha256(said.getValue()), 0));
      }
    }
    for (BackupManifest.Archive file : files) {
      if (isDamaged(file)) {
        damaged(folder.resolve(file.path()), "does not have its checksum");
      }
    }
  }

  private void checkSums(BackupManifest manifest, Optional<String> witnessed) throws IOException {
    Path file = folder.resolve(ManifestWriter.NAME);
    Path sums = folder.resolve(FolderFiles.SUMS);
    twice(
        () -> {
          Sha256 sha256 = FolderFiles.sha256(file, n -> {});
          if (witnessed.isPresent() && !witnessed.get().equals(sha256.hex())) {
            return problem(file, "is not the manifest that the audit trail has the checksum of");
          }
          for (Path each : List.of(file, sums)) {
            if (!Presence.isRegularFile(each, LinkOption.NOFOLLOW_LINKS)) {
              boolean other = Presence.exists(each, LinkOption.NOFOLLOW_LINKS);
              return problem(each, other ? "is not a file of its own" : "is missing");
            }
          }
          String said = new String(Files.readAllBytes(sums), StandardCharsets.ISO_8859_1);
          String expected = FolderFiles.sums(manifest, sha256);
          return new String(FolderFiles.utf8(expected), StandardCharsets.ISO_8859_1).equals(said)
              ? Optional.empty()
              : problem(sums, "does not agree with " + ManifestWriter.NAME + ": one is damaged");
        });
  }

  /** Compares every file's checksum; the names of those that are damaged. */
  private List<String> checkFiles(List<BackupManifest.Archive> files, boolean unpackNext)
      throws IOException {
    totalBytes = files.stream().mapToLong(BackupManifest.Archive::sizeBytes).sum();
    List<Callable<Optional<BackupManifest.Archive>>> work = new ArrayList<>();
    if (unpackNext) {
      // One large archive keeps one core busy.
      work.add(this::readAccounts);
    }
    for (BackupManifest.Archive file : files) {
      work.add(() -> isDamaged(file) ? Optional.of(file) : Optional.empty());
    }
    List<BackupManifest.Archive> broken = new ArrayList<>();
    parallel.inOrder(work.iterator(), result -> result.ifPresent(broken::add));
    for (BackupManifest.Archive file : broken) {
      tellDamage(file);
    }
    return broken.stream().map(BackupManifest.Archive::path).toList();
  }

  private Optional<BackupManifest.Archive> readAccounts() throws IOException {
    contents.readAccounts();
    return Optional.empty();
  }

  private boolean isDamaged(BackupManifest.Archive file) throws IOException {
    if (isAsSaid(file)) {
      return false;
    }
    return !isAsSaid(file); // A second read: the first may have been the memory's fault.
  }

  private boolean isAsSaid(BackupManifest.Archive file) throws IOException {
    Path path = folder.resolve(file.path());
    return Presence.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
        && FolderFiles.sha256(path, this::read).equals(file.sha256());
  }

  /** Finds where in a file the damage is. */
  private void tellDamage(BackupManifest.Archive file) throws IOException {
    Path path = folder.resolve(file.path());
    if (!Presence.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      boolean other = Presence.exists(path, LinkOption.NOFOLLOW_LINKS);
      damaged(path, other ? "is not a file of its own, but a link or a folder" : "is missing");
      return;
    }
    int before = damage.size();
    long size = Files.size(path);
    contents.brokenMembers(file, size).forEach(what -> damaged(path, what));
    if (size != file.sizeBytes()) {
      damaged(path, "has " + size + " bytes, not " + file.sizeBytes());
    }
    if (damage.size() == before) {
      damaged(path, "does not have the checksum that the manifest says");
    }
  }

  private interface Look {
    Optional<Problem> look() throws IOException;
  }

  private void twice(Look check) throws IOException {
    if (check.look().isPresent()) {
      check.look().ifPresent(damage::add);
    }
  }

  private void damaged(Path file, String what) {
    problem(file, what).ifPresent(damage::add);
  }

  static Optional<Problem> problem(Path file, String what) {
    return Optional.of(Problem.of(ErrorKind.CORRUPTED_BACKUP, what).inFile(file));
  }

  private void read(long bytes) {
    progress.report(PHASE, Math.min(totalBytes, bytesRead.addAndGet(bytes)), totalBytes);
  }
}
