package io.platform.git.push;

import io.platform.build.intake.StoreFailed;
import io.platform.domain.App;
import io.platform.domain.Sha256;
import io.platform.git.lfs.LfsObjects;
import io.platform.git.source.LfsContents;
import io.platform.git.source.LfsPointer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was uploaded of an app's Git LFS files. Where the store fails, the source fails as it does
 * when it cannot be stored: an outage is waited for.
 */
final class StoredLfsContents implements LfsContents {
  private final LfsObjects objects;
  private final App app;

  /** Listed once: a tree may have any number of pointers. */
  private @Nullable Map<Sha256, Long> sizes;

  StoredLfsContents(LfsObjects objects, App app) {
    this.objects = objects;
    this.app = app;
  }

  @Override
  public boolean has(LfsPointer pointer) throws IOException {
    if (sizes == null) {
      try {
        sizes = objects.sizes(app);
      } catch (IOException e) {
        throw new StoreFailed(e);
      }
    }
    Long size = sizes.get(pointer.oid());
    return size != null && size == pointer.size();
  }

  @Override
  public InputStream open(LfsPointer pointer) throws IOException {
    try {
      return new Content(objects.open(app, pointer.oid(), 0, Long.MAX_VALUE));
    } catch (IOException e) {
      throw new StoreFailed(e);
    }
  }

  private static final class Content extends FilterInputStream {
    private Content(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return in.read(bytes, offset, length);
      } catch (IOException e) {
        throw new StoreFailed(e);
      }
    }
  }
}
