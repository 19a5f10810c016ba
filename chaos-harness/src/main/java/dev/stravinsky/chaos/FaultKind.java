package dev.stravinsky.chaos;

import java.util.Locale;

/** What can go wrong: the columns of the matrix. */
enum FaultKind {
  DISK_FULL(
      "The disk is full for a moment: one operation that takes space is refused with ENOSPC."),
  DISK_STAYS_FULL("From one operation on every one that takes space is refused with ENOSPC."),
  IO_ERROR("One operation that changes something is refused with EIO; of a write half is done."),
  READ_ERROR("One look at what is there, its opening, reading or listing is refused with EIO."),
  PERMISSION("One operation by name is refused with EACCES."),
  READ_ONLY("From one operation on the file system is read-only (EROFS), as ext4 after an error."),
  NO_HANDLES("One opening of a file or directory is refused with EMFILE."),
  SHORT_WRITE("From one write on each write handles at most a few bytes, and says so."),
  SHORT_THEN_KILLED("All writes are short, and the process is killed in the swap."),
  SLOW_DISK("Each operation of some kinds takes seconds, by the command's own clock."),
  KILLED("The process is killed in place of one operation; the machine runs on."),
  POWER_CUT("The power goes in place of one operation, and again while recovering from that."),
  LOCK_HELD("The home's lock is held, in this process or in another, shared or exclusively."),
  LOCK_LEFT("Whoever held the home's lock died with it."),
  LOCK_POSIX("Another program has a POSIX lock (fcntl) on a live file."),
  LOCK_FLOCK("Another program has a flock on a live file or on a target's directory."),
  FOREIGN_WRITE("Another program saves a live file in the midst of the command."),
  EVENT_BETWEEN("Another command appends to the trail between what the first one appends."),
  SECOND_COMMAND("The same command is typed again in the midst of the first."),
  ARCHIVE("An archive of a backup went bad at rest."),
  MANIFEST("The manifest of a backup went bad at rest."),
  CHECKSUMS("The list of checksums of a backup went bad at rest."),
  POINTER("latest.json, which says what is installed, went bad at rest."),
  MERGE_BASE("The release that is kept for merging went bad at rest."),
  CONFIG("config.json went bad at rest."),
  AUDIT_LOG("The audit log went bad at rest."),
  AUDIT_HEAD("The audit log's head went bad at rest."),
  INDEX(
      "The audit log's index is gone, bad or behind: before the command, in its midst, or while the"
          + " trail is asked."),
  STAGED("A staged file goes bad in the midst of the command."),
  JOURNAL("The process is killed in the swap, and a byte of its journal goes bad."),
  PLUGIN_MEMORY("The check of a plugin needs more memory than there is, in each phase."),
  CLOCK_BACK("The clock goes back a day in the midst of the command."),
  CLOCK_2038("The clock passes 2038-01-19T03:14:08Z, where 32 bits end, within the command."),
  CLOCK_LEAP("A leap second at the end of a leap day: 23:59:59 comes twice within the command."),
  NET_LATENCY(
      "What goes over the network comes later, in either direction, with and without jitter."),
  NET_BANDWIDTH("The network carries only so many kilobytes a second."),
  NET_SLOW_CLOSE("The end of a connection comes late."),
  NET_TIMEOUT("The network swallows everything, for a while or for ever."),
  NET_RESET("Connections are reset after some time."),
  NET_SLICED("What is sent comes in small pieces."),
  NET_LIMIT("Connections end after so many bytes, in either direction, at any of them."),
  NET_REFUSED("Nobody listens where the server was.");

  private final String explanation;

  FaultKind(String explanation) {
    this.explanation = explanation;
  }

  /** Whether only what uses the network can meet it. */
  boolean isOfTheNetwork() {
    return name().startsWith("NET_");
  }

  /** As it is typed: {@code disk-full}. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What happens, in a sentence. */
  String explanation() {
    return explanation;
  }
}
