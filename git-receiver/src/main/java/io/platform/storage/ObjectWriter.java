package io.platform.storage;

import java.io.IOException;
import java.io.OutputStream;

/** Writes the content of an object; without {@link #commit}, closing it discards the object. */
public abstract class ObjectWriter extends OutputStream {
  /** Makes the object visible, durably, and tells its size and digest. */
  public abstract ObjectInfo commit() throws IOException;
}
