package io.platform.git.pack;

import java.io.IOException;

/** Observes the unpacking of a pack, which may take minutes. */
public interface ReceiveWatch {
  /** Called before each object: throws where the unpacking is to end. */
  void check() throws IOException;

  /** Called once where memory does not come within a second. */
  void waiting();
}
