package dev.stravinsky.api.merge;

import dev.stravinsky.api.ServiceFactory;
import java.io.IOException;

/** Brings a new release and the user's changes together. */
public interface Merger {

  /** Found by {@link java.util.ServiceLoader}. */
  interface Factory extends ServiceFactory<Merger> {}

  /** Decides for every file; writes nothing but merged files, into the request's scratch folder. */
  MergePlan plan(MergeRequest request) throws IOException;
}
