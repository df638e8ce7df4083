package io.platform.slug.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * What becomes of a slug that is read.
 *
 * @param <T> what is known of it then
 */
interface SlugTarget<T> {
  /** Where it goes. */
  Path place();

  /** Removes what an earlier attempt has left. */
  void clear() throws IOException;

  /** Takes all of it. Nothing of it may run before its digest is verified. */
  T take(InputStream slug) throws IOException;
}
