package dev.stravinsky.api.backup;

import dev.stravinsky.api.Scope;
import dev.stravinsky.api.TargetView;
import dev.stravinsky.api.Version;
import java.util.List;
import java.util.Optional;

/**
 * What is to be backed up, and as what.
 *
 * @param scope whose backup it is; decides the folder
 * @param version the version whose content it is
 * @param views everything that goes in, with each entry's origin
 * @param previousVersion what was installed before
 * @param userModifications whether files of the release differ from what it published
 */
public record BackupRequest(
    Scope scope,
    Version version,
    BackupReason reason,
    List<TargetView> views,
    Optional<Version> previousVersion,
    boolean userModifications) {
  public BackupRequest {
    views = List.copyOf(views);
  }
}
