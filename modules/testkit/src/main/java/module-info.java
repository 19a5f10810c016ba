/** Fault and crash file systems on Jimfs, and a contract suite for every service. */
module dev.stravinsky.testkit {
  requires java.net.http;
  requires java.xml;
  requires transitive com.google.common.jimfs;
  requires transitive dev.stravinsky.api;
  requires transitive org.assertj.core;
  requires transitive org.junit.jupiter.api;
  requires transitive org.junit.jupiter.params;
  requires static biz.aQute.bnd.annotation;

  exports dev.stravinsky.testkit;
  exports dev.stravinsky.testkit.chaos;
  exports dev.stravinsky.testkit.contract;
  exports dev.stravinsky.testkit.crash;
  exports dev.stravinsky.testkit.fs;

  uses dev.stravinsky.api.platform.PlatformFiles;

  provides java.nio.file.spi.FileSystemProvider with
      dev.stravinsky.testkit.fs.FaultFileSystemProvider;
}
