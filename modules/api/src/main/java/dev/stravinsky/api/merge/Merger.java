package dev.stravinsky.api.merge;

import dev.stravinsky.api.ServiceFactory;
import java.io.IOException;

/** Brings a new release and the user's changes together; reads only. */
public interface Merger {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Merger> {}

  /** Decides for every file; writes nothing in the targets. */
  MergePlan plan(MergeRequest request) throws IOException;
}
