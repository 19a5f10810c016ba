/** Fault and crash file systems on Jimfs, and a contract suite for every service. */
module dev.stravinsky.testkit {
  requires transitive com.google.common.jimfs;
  requires transitive dev.stravinsky.api;
  requires transitive org.junit.jupiter.api;
}
