package io.platform.git.source;

import java.io.IOException;
import java.io.InputStream;

/** The contents of the files for which a tree has Git LFS pointers. */
public interface LfsContents {
  /** Whether there is a content of this digest and size. */
  boolean has(LfsPointer pointer) throws IOException;

  /** Opens a content that is there. */
  InputStream open(LfsPointer pointer) throws IOException;
}
