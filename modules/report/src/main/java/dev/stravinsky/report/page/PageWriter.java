package dev.stravinsky.report.page;

import dev.stravinsky.api.Presence;
import dev.stravinsky.api.Services;
import dev.stravinsky.api.error.ErrorKind;
import dev.stravinsky.api.error.Problem;
import dev.stravinsky.api.error.RefusedException;
import dev.stravinsky.api.report.ReportPage;
import dev.stravinsky.files.Durable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Writes the page, into a file or to a browser. */
public final class PageWriter implements ReportPage {
  private static final int PRIVATE = 0600;

  /** Within so many bytes a page says that it is one. */
  private static final int BEGINNING = 256;

  private final Services services;

  public PageWriter(Services services) {
    this.services = services;
  }

  @Override
  public void write(Appendable out) throws IOException {
    out.append(HtmlPage.of(Facts.read(services), false));
  }

  @Override
  public void save(Path file, boolean replace) throws IOException {
    if (!replace && Presence.exists(file, LinkOption.NOFOLLOW_LINKS) && !isPage(file)) {
      throw new RefusedException(
          Problem.of(ErrorKind.UNKNOWN, "there is a file already that is no such report")
              .inFile(file)
              .leaving("it is as it was")
              .next("stravinsky report -o FILE, or with --force"));
    }
    String page = HtmlPage.of(Facts.read(services), false);
    Durable.replace(file, page.getBytes(StandardCharsets.UTF_8), PRIVATE);
  }

  private static boolean isPage(Path file) throws IOException {
    if (!Presence.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      String beginning = new String(in.readNBytes(BEGINNING), StandardCharsets.UTF_8);
      return beginning.contains(HtmlPage.MARK);
    }
  }

  @Override
  public Served serve(int port) throws IOException {
    return LiveServer.start(services, port);
  }
}
