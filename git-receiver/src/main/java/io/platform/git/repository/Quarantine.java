package io.platform.git.repository;

import java.io.IOException;
import org.eclipse.jgit.lib.Repository;

/** Holds a push's objects until it is accepted: a repository whose new objects go elsewhere. */
public interface Quarantine extends AutoCloseable {
  /** The repository to receive into: it sees the app's objects, its own go into the quarantine. */
  Repository repository();

  /**
   * Moves the received objects into the app's repository (pack, index, loose; those there already
   * are skipped).
   */
  void promote() throws IOException;

  /** Makes the name of a ref durable that was moved to what was promoted, or deleted. */
  void updated(String ref) throws IOException;

  /**
   * Says that what was promoted is not needed after all; it is collected soon after the close.
   * Nothing promoted is no error.
   */
  void discard();

  /** Deletes what was not promoted. */
  @Override
  void close();
}
