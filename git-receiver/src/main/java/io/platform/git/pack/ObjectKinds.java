package io.platform.git.pack;

import java.io.IOException;
import org.eclipse.jgit.errors.TooLargeObjectInPackException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.util.sha1.SHA1;

/** The four kinds of objects: how large each may be, and what its name is the digest of. */
final class ObjectKinds {
  private ObjectKinds() {}

  static void checkSize(int type, long size, PackLimits limits) throws IOException {
    long limit =
        switch (type) {
          case Constants.OBJ_BLOB -> limits.blobBytes();
          case Constants.OBJ_TREE -> Math.min(limits.treeBytes(), limits.blobBytes());
          default -> Math.min(limits.commitBytes(), limits.blobBytes());
        };
    if (size > limit && type == Constants.OBJ_BLOB) {
      throw new TooLargeObjectInPackException(size, limit);
    }
    if (size > limit) {
      throw new PackRefused(
          new PackProblem.ObjectTooLarge(Constants.typeString(type), size, limit));
    }
  }

  /** Hashes what is before the content. */
  static void begin(SHA1 hash, int type, long size) {
    hash.reset();
    hash.update(Constants.encodedTypeString(type));
    hash.update((byte) ' ');
    hash.update(Constants.encodeASCII(size));
    hash.update((byte) 0);
  }
}
