package dev.stravinsky.update;

import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Progress;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.Version;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.NotFoundException;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.release.Channel;
import dev.stravinsky.api.release.Offer;
import dev.stravinsky.api.release.Release;
import dev.stravinsky.api.release.ReleaseRequest;
import dev.stravinsky.api.update.HeldVersions;
import dev.stravinsky.api.update.UpdateRequest;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The release that an update means: what is at the place that was typed; or, where a channel is
 * set, the version that was typed, or the newest.
 */
final class WantedRelease {
  private static final String LIST = "stravinsky update --list";

  private final Services services;
  private final UpdateRequest request;

  WantedRelease(Services services, UpdateRequest request) {
    this.services = services;
    this.request = request;
  }

  /** Fetched and checked; throws as {@code Releases.open} and {@code Channels.read}. */
  Release open(List<String> targets, Progress progress) throws IOException {
    String typed = request.location();
    if (typed.isEmpty()) {
      return open(newest(services.channels().read(progress)), targets, progress);
    }
    if (isPlace(typed) || services.settings().update().channel().isEmpty()) {
      return openPlace(targets, progress);
    }
    Channel channel = services.channels().read(progress);
    Optional<Offer> offer = channel.offer(new Version(typed));
    return offer.isPresent()
        ? open(installable(offer.get()), targets, progress)
        : openUnknown(channel, targets, progress);
  }

  private boolean isPlace(String typed) throws IOException {
    if (!Version.isValid(typed)) {
      return true;
    }
    try {
      Environment environment = services.environment();
      return Presence.exists(
          environment.expand(typed, environment.workingDirectory()), LinkOption.NOFOLLOW_LINKS);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private Release open(Offer offer, List<String> targets, Progress progress) throws IOException {
    Version version = request.version().orElse(offer.version());
    return services
        .releases()
        .open(
            new ReleaseRequest(offer.location(), Optional.of(version), targets, Optional.of(offer)),
            progress);
  }

  private Release openPlace(List<String> targets, Progress progress) throws IOException {
    return services
        .releases()
        .open(new ReleaseRequest(request.location(), request.version(), targets), progress);
  }

  /** A plugin may know what the channel does not. */
  private Release openUnknown(Channel channel, List<String> targets, Progress progress)
      throws IOException {
    try {
      return openPlace(targets, progress);
    } catch (NotFoundException e) {
      throw new NotFoundException(
          Problem.of(
                  ErrorKind.UNKNOWN,
                  "the channel of "
                      + channel.name()
                      + " has no version "
                      + request.location()
                      + ", and there is no file of that name")
              .leaving("nothing was changed")
              .next(LIST));
    }
  }

  /** The newest that is neither withdrawn nor held. */
  private Offer newest(Channel channel) throws IOException {
    HeldVersions held = services.holds().of(request.scope());
    return channel.newest(held::isOffered).orElseThrow(() -> nothing(channel, held));
  }

  private static NotFoundException nothing(Channel channel, HeldVersions held) {
    String why =
        channel.installable().stream()
            .limit(3)
            .map(offer -> offer.version() + " " + held.notOffered(offer.version()).orElse(""))
            .collect(Collectors.joining("; "));
    return new NotFoundException(
        Problem.of(
                ErrorKind.UNKNOWN,
                "the channel of "
                    + channel.name()
                    + " offers nothing that may be installed"
                    + (why.isEmpty() ? "" : ": " + why))
            .leaving("nothing was changed")
            .next(LIST));
  }

  private static Offer installable(Offer offer) {
    offer
        .withdrawn()
        .ifPresent(
            reason -> {
              throw new RefusedException(
                  Problem.of(
                          ErrorKind.UNKNOWN,
                          offer.version()
                              + " was withdrawn"
                              + (reason.isEmpty() ? "" : ": " + reason))
                      .leaving("nothing was changed")
                      .next(LIST));
            });
    return offer;
  }
}
