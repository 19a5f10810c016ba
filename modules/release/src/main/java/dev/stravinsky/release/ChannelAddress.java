package dev.stravinsky.release;

import dev.stravinsky.api.EntryPath;
import dev.stravinsky.api.Environment;
import dev.stravinsky.api.Presence;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.UsageException;
import dev.stravinsky.api.release.Layout;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a channel is, and what is where in relation to it.
 *
 * @param document where its {@code channel.json} is: an absolute path, or an http(s) URL
 * @param folder the folder that a channel on the disk is in
 */
record ChannelAddress(String document, Optional<Path> folder) {

  /**
   * What {@code update.channel} means: a URL, an absolute path or one from {@code ~}, of a {@code
   * channel.json} or of the folder that it is in.
   */
  static ChannelAddress of(String setting, Environment environment) throws IOException {
    if (Fetch.isRemote(setting)) {
      boolean isDocument = setting.endsWith(".json") || setting.indexOf('?') >= 0;
      String base = setting.endsWith("/") ? setting : setting + "/";
      return new ChannelAddress(isDocument ? setting : base + Layout.CHANNEL, Optional.empty());
    }
    try {
      boolean anchored = setting.equals("~") || setting.startsWith("~/");
      Path path = environment.expand(setting, environment.userHome()).normalize();
      // A setting must not mean another place in each folder that a command is typed in.
      if (anchored || path.getFileSystem().getPath(setting).isAbsolute()) {
        Path document = Presence.isDirectory(path) ? path.resolve(Layout.CHANNEL) : path;
        return new ChannelAddress(document.toString(), Optional.of(document.getParent()));
      }
    } catch (InvalidPathException e) {
      // Told below, as for a relative path.
    }
    throw new UsageException(
        Problem.of(
                ErrorKind.UNKNOWN,
                "update.channel is neither a URL nor an absolute path: " + setting)
            .leaving("nothing was changed")
            .next("stravinsky config set update.channel https://HOST/FOLDER/"));
  }

  /** Where the signature is. */
  String signature() {
    int query = folder.isPresent() ? -1 : document.indexOf('?');
    return query < 0
        ? document + ".sig"
        : document.substring(0, query) + ".sig" + document.substring(query);
  }

  /**
   * Where a release is.
   *
   * @param url as the channel has it: a path in the channel's folder or below, or for a channel on
   *     a web server also an https URL
   * @throws IllegalArgumentException saying why it is refused
   */
  String resolve(String url) {
    URI parsed = parsed(url);
    if (parsed.isAbsolute()) {
      return absolute(parsed);
    }
    String path = parsed.getPath();
    if (parsed.getRawAuthority() != null || parsed.getRawQuery() != null || path == null) {
      throw new IllegalArgumentException("is neither a path below the channel nor a URL");
    }
    byte[] name = path.getBytes(StandardCharsets.UTF_8);
    Optional<String> refusal = EntryNames.refusal(name, Limits.STANDARD);
    if (refusal.isPresent()) {
      throw new IllegalArgumentException("is refused: " + refusal.get());
    }
    if (path.endsWith("/") || EntryNames.path(name).equals(EntryPath.ROOT)) {
      throw new IllegalArgumentException("is that of a folder");
    }
    return folder
        .map(base -> base.resolve(path).toString())
        .orElseGet(() -> URI.create(document).resolve(parsed).toString());
  }

  private String absolute(URI url) {
    boolean secure = "https".equalsIgnoreCase(url.getScheme());
    boolean plain = "http".equalsIgnoreCase(url.getScheme());
    boolean channelIsPlain = document.regionMatches(true, 0, "http://", 0, 7);
    if (folder.isPresent() || url.getHost() == null || !secure && !(plain && channelIsPlain)) {
      throw new IllegalArgumentException("leads to where this channel may not lead");
    }
    return url.toString();
  }

  private static URI parsed(String url) {
    try {
      URI parsed = new URI(url);
      if (!parsed.isOpaque() && parsed.getRawFragment() == null) {
        return parsed;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new IllegalArgumentException("is not a URL");
  }
}
