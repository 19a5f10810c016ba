/** Main, one class a command, output. */
module dev.stravinsky.cli {
  requires dev.stravinsky.api;
  requires info.picocli;
  requires me.tongfei.progressbar;
  requires tools.jackson.core;
}
