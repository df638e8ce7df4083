package io.platform.git.repository;

import java.io.IOException;
import org.eclipse.jgit.internal.storage.file.ObjectDirectory;
import org.eclipse.jgit.internal.storage.file.Pack;
import org.eclipse.jgit.lib.Repository;

/** How much a repository has. */
public final class ObjectCount {
  private ObjectCount() {}

  /** How many objects are in its packs, where all that was pushed is. */
  public static long of(Repository repository) throws IOException {
    long count = 0;
    for (Pack pack : ((ObjectDirectory) repository.getObjectDatabase()).getPacks()) {
      count += pack.getIndex().getObjectCount();
    }
    return count;
  }
}
