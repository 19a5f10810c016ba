/** Main, one class a command, output. */
module dev.stravinsky.cli {
  requires dev.stravinsky.api;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires tools.jackson.core;

  opens dev.stravinsky.cli to
      info.picocli;
  opens dev.stravinsky.cli.command to
      info.picocli;
}
