package io.platform.build.intake;

import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectStore;
import io.platform.storage.ObjectWriter;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The stored source while it is written; it keeps the store's failures apart from those of what is
 * written.
 */
final class SourceObject extends OutputStream {
  private final ObjectWriter writer;

  SourceObject(ObjectStore store, String key) throws StoreFailed {
    try {
      writer = store.create(key);
    } catch (IOException e) {
      throw new StoreFailed(e);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      writer.write(bytes, offset, length);
    } catch (IOException e) {
      throw new StoreFailed(e);
    }
  }

  ObjectInfo commit() throws StoreFailed {
    try {
      return writer.commit();
    } catch (IOException e) {
      throw new StoreFailed(e);
    }
  }

  @Override
  public void close() throws StoreFailed {
    try {
      writer.close();
    } catch (IOException e) {
      throw new StoreFailed(e);
    }
  }
}
