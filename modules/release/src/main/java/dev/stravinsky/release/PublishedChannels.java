package dev.stravinsky.release;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.error.ShellWord;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Channel;
import dev.stravinsky.api.release.ChannelFolders;
import dev.stravinsky.api.release.Layout;
import dev.stravinsky.api.release.PublicKey;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.files.Durable;
import dev.stravinsky.files.FileWrites;
import dev.stravinsky.release.ChannelDocument.Entry;
import dev.stravinsky.release.signify.SecretKey;
import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes channels' folders, one command at a time each. */
final class PublishedChannels implements ChannelFolders {
  private static final int PUBLIC_FILE = 0644;

  private final Environment environment;
  private final OfferedArchive.Opening opening;
  private final StagingArea staging;

  PublishedChannels(Services services, OfferedArchive.Opening opening) {
    this.environment = services.environment();
    this.opening = opening;
    this.staging = new StagingArea(environment);
  }

  @Override
  public Optional<PublicKey> makeKeys(Path name, boolean dryRun) throws IOException {
    if (name.getFileName() == null) {
      throw new UsageException(
          Problem.of(ErrorKind.UNKNOWN, "\"" + name + "\" is no name of a file")
              .leaving("nothing was changed")
              .next("stravinsky channel key NAME"));
    }
    requireFolderAround(name);
    Path publicFile = name.resolveSibling(name.getFileName() + ".pub");
    Path secretFile = name.resolveSibling(name.getFileName() + ".sec");
    for (Path file : List.of(publicFile, secretFile)) {
      if (Presence.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new RefusedException(
            Problem.of(ErrorKind.UNKNOWN, "there is a file already; keys are never replaced")
                .inFile(file)
                .leaving("nothing was changed")
                .next("stravinsky channel key OTHER-NAME"));
      }
    }
    if (dryRun) {
      return Optional.empty();
    }
    SecretKey key = SecretKey.generate();
    String comment = name.getFileName().toString();
    // Whoever has the public half only, has a key that nobody can sign with: so it comes last.
    Durable.replace(secretFile, key.write(comment), FileWrites.PRIVATE_FILE);
    Durable.replace(publicFile, key.writePublic(comment), PUBLIC_FILE);
    return Optional.of(key.publicKey());
  }

  @Override
  public Added add(
      Path folder, ReleaseRequest release, String notes, Publishing publishing, Progress progress)
      throws IOException {
    requireFolderAround(folder);
    if (Presence.exists(folder) && !Presence.isDirectory(folder)) {
      throw new RefusedException(
          Problem.of(ErrorKind.UNKNOWN, "is a file; a channel is a folder")
              .inFile(folder)
              .leaving("nothing was changed")
              .next("stravinsky channel add FOLDER RELEASE"));
    }
    Path workspace = publishing.dryRun() ? staging.create() : folder;
    try (ChannelFolder open = ChannelFolder.open(environment, folder, publishing)) {
      return add(open, workspace, release, notes, progress);
    } finally {
      if (publishing.dryRun()) {
        staging.remove(workspace);
      }
    }
  }

  private static void requireFolderAround(Path place) throws IOException {
    Path around = place.toAbsolutePath().getParent();
    if (around != null && !Presence.isDirectory(around)) {
      throw new NotFoundException(
          Problem.of(ErrorKind.UNKNOWN, "the folder that it is to be in is not there")
              .inFile(place)
              .leaving("nothing was changed")
              .next("mkdir -p " + ShellWord.of(around)));
    }
  }

  private Added add(
      ChannelFolder open, Path workspace, ReleaseRequest release, String notes, Progress progress)
      throws IOException {
    Optional<ChannelDocument> before = open.read();
    try (OfferedArchive archive =
        OfferedArchive.take(workspace, release, open.keyFiles(), opening, progress)) {
      ChannelDocument document =
          before.orElseGet(
              () -> new ChannelDocument(archive.name(), 0, Optional.empty(), List.of(), List.of()));
      requireName(document, archive.name(), open.path());
      Optional<Entry> same = find(document, archive.version());
      if (same.isPresent()) {
        requireSame(same.get(), archive, open.path());
        return added(channel(open, document), archive.version(), false);
      }
      Entry entry = archive.publish(document, environment.clock().instant(), notes);
      return added(channel(open, open.write(document.with(entry))), archive.version(), true);
    }
  }

  private static Added added(Channel channel, Version version, boolean changed) {
    return new Added(channel, channel.offer(version).orElseThrow(), changed);
  }

  @Override
  public Channel withdraw(Path folder, Version version, String reason, Publishing publishing)
      throws IOException {
    return change(
        folder,
        publishing,
        document -> {
          Entry entry =
              find(document, version)
                  .orElseThrow(
                      () ->
                          new NotFoundException(
                              Problem.of(ErrorKind.UNKNOWN, "the channel has no version " + version)
                                  .inFile(folder.resolve(Layout.CHANNEL))
                                  .leaving("the channel is as it was")
                                  .next("stravinsky update --list")));
          return document.withEntries(
              document.entries().stream()
                  .map(each -> each.equals(entry) ? each.withdrawnFor(reason) : each)
                  .toList());
        });
  }

  @Override
  public Channel renew(Path folder, Publishing publishing) throws IOException {
    return change(folder, publishing, UnaryOperator.identity());
  }

  @Override
  public Channel rotate(Path folder, List<PublicKey> keys, Publishing publishing)
      throws IOException {
    return change(folder, publishing, document -> document.withKeys(keys));
  }

  private Channel change(Path folder, Publishing publishing, UnaryOperator<ChannelDocument> change)
      throws IOException {
    requireFolder(folder);
    try (ChannelFolder open = ChannelFolder.open(environment, folder, publishing)) {
      ChannelDocument document = open.read().orElseThrow(() -> noChannel(folder));
      return channel(open, open.write(change.apply(document)));
    }
  }

  private static void requireFolder(Path folder) throws IOException {
    if (!Presence.exists(folder.resolve(Layout.CHANNEL))) {
      throw noChannel(folder);
    }
  }

  private static NotFoundException noChannel(Path folder) {
    return new NotFoundException(
        Problem.of(ErrorKind.UNKNOWN, "there is no channel here")
            .inFile(folder.resolve(Layout.CHANNEL))
            .leaving("nothing was changed")
            .next("stravinsky channel add FOLDER RELEASE"));
  }

  private static Optional<Entry> find(ChannelDocument document, Version version) {
    return document.entries().stream().filter(e -> e.version().equals(version)).findAny();
  }

  private static void requireName(ChannelDocument document, String name, Path folder) {
    if (!document.name().equals(name)) {
      throw refused(
          folder,
          "the channel is that of " + document.name() + ", but this is a release of " + name,
          "stravinsky channel add OTHER-FOLDER RELEASE");
    }
  }

  private static void requireSame(Entry entry, OfferedArchive archive, Path folder) {
    if (!entry.sha256().equals(archive.sha256())) {
      throw refused(
          folder,
          "the channel has another " + entry.version() + " already; users would get either",
          "the command again with a new version");
    }
  }

  private Channel channel(ChannelFolder open, ChannelDocument document) throws IOException {
    Path file = open.path().toAbsolutePath().resolve(Layout.CHANNEL);
    ChannelAddress address = ChannelAddress.of(file.toString(), environment);
    return ConfiguredChannel.channel(address, document, open.signature());
  }

  private static RefusedException refused(Path folder, String message, String next) {
    return new RefusedException(
        Problem.of(ErrorKind.UNKNOWN, message)
            .inFile(folder.resolve(Layout.CHANNEL))
            .leaving("the channel is as it was")
            .next(next));
  }
}
