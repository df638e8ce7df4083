package io.platform.slug.archive;

import com.github.luben.zstd.util.Native;
import java.nio.file.FileSystemException;

/**
 * The native library of Zstandard. It is unpacked to the temporary directory at its first use,
 * which fails where that directory cannot be written.
 */
public final class ZstdLibrary {
  private ZstdLibrary() {}

  /**
   * Loads the library unless that is done. To be called before the first use of its streams: a
   * class of those that could not load it would stay unusable until the process ends.
   *
   * @throws FileSystemException if it cannot be loaded, with the system's reason, such as a full
   *     disk
   */
  public static void load() throws FileSystemException {
    try {
      Native.load();
    } catch (LinkageError e) {
      throw (FileSystemException)
          new FileSystemException(
                  System.getProperty("java.io.tmpdir", "/tmp"),
                  null,
                  "the compression library could not be loaded (" + e.getMessage() + ")")
              .initCause(e);
    }
  }
}
