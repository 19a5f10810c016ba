package dev.stravinsky.backup;

import dev.stravinsky.backup.TreeListing.Detail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** The programs that read tar archives, and what each of them cannot bring back. */
enum TarProgram {
  TAR(
      "tar -xpzf $a -C $o; tar --quoting-style=escape -tzf $a | wc -l >$n",
      EnumSet.noneOf(Detail.class)),
  /** Takes the fraction of a second before 1970 to the wrong side. */
  BSDTAR("bsdtar -xpf $a -C $o; bsdtar -tf $a | wc -l >$n", EnumSet.of(Detail.FAR_TIMES)),
  /** Of PAX records it reads names and link targets, but no times; links stay the caller's. */
  BUSYBOX(
      "busybox tar -xzpf $a -C $o; busybox tar -tzf $a >$o.list",
      EnumSet.complementOf(EnumSet.of(Detail.OWNERS))),
  /** Keeps times as floating-point numbers. */
  PYTHON3("", EnumSet.of(Detail.NANOSECONDS, Detail.LINK_TIMES));

  private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
  private static final String PYTHON =
      """
      import os, sys, tarfile
      # Not as an argument, which the first releases of 3.11 do not know.
      if hasattr(tarfile, "fully_trusted_filter"):
          tarfile.TarFile.extraction_filter = staticmethod(tarfile.fully_trusted_filter)
      for number in sorted(os.listdir(".")):
          with tarfile.open(number + "/archive", "r:gz") as archive:
              archive.extractall(number + "/PYTHON3")
              count = len(archive.getnames())
          with open(number + "/PYTHON3.count", "w") as file:
              print(count, file=file)
      """;

  private final String commands;
  private final Set<Detail> kept;

  TarProgram(String commands, Set<Detail> lost) {
    this.commands = commands;
    this.kept = EnumSet.complementOf(EnumSet.copyOf(lost));
  }

  static List<TarProgram> there() {
    return Stream.of(values()).filter(TarProgram::isThere).toList();
  }

  boolean isThere() {
    return Shell.has(name().toLowerCase(Locale.ROOT));
  }

  /** Only root can give files away. */
  Set<Detail> kept() {
    Set<Detail> details = EnumSet.copyOf(kept);
    if (!ROOT) {
      details.removeAll(EnumSet.of(Detail.OWNERS, Detail.LINK_OWNERS));
    }
    return details;
  }

  /**
   * Unpacks {@code N/archive} into {@code N/PROGRAM} for every folder N, and writes the number of
   * entries that it lists to {@code N/PROGRAM.count}. What it complains of comes back.
   */
  String unpackAll(Path folders) throws IOException {
    String script =
        "export LC_ALL=C.UTF-8; for f in *; do a=$f/archive; o=$f/%s; n=$o.count; mkdir $o; "
            .formatted(name());
    List<String> command =
        commands.isEmpty()
            ? List.of("env", "LC_ALL=C.UTF-8", "python3", "-c", PYTHON)
            : List.of("sh", "-c", script + commands + "; done");
    return Shell.run(folders, command).output();
  }
}
