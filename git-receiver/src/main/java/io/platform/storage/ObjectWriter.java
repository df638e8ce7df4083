package io.platform.storage;

import java.io.IOException;
import java.io.OutputStream;

/** The content of an object while it is written; closed without {@link #commit}, it never was. */
public abstract class ObjectWriter extends OutputStream {
  /** Makes the object visible, durably, and tells its size and digest. */
  public abstract ObjectInfo commit() throws IOException;
}
