package io.platform.build.intake;

import io.platform.commons.disk.DiskFault;
import io.platform.storage.StoreException;
import java.io.IOException;

/**
 * The object store could not take the source, or not give what belongs to it; the cause, with the
 * key, is for the server's log.
 */
public final class StoreFailed extends IOException {
  private static final long serialVersionUID = 1L;

  public StoreFailed(IOException cause) {
    super(cause);
  }

  /** Whether it has no space left. */
  public boolean full() {
    return DiskFault.FULL.caused(this) || StoreException.isFull(this);
  }
}
