import dev.stravinsky.api.transaction.Conflicts;
import dev.stravinsky.api.transaction.Transactions;
import dev.stravinsky.transaction.ConflictFolders;
import dev.stravinsky.transaction.SwappingTransactions;

/** The write-ahead journal, the swap and crash recovery. */
module dev.stravinsky.transaction {
  requires dev.stravinsky.api;
  requires dev.stravinsky.files;
  requires tools.jackson.databind;
  requires static biz.aQute.bnd.annotation;
  requires static org.osgi.service.component.annotations;

  provides Transactions.Factory with
      SwappingTransactions;
  provides Conflicts.Factory with
      ConflictFolders;
}
