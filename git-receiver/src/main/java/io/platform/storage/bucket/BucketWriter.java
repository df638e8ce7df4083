package io.platform.storage.bucket;

import io.platform.commons.digest.Sha256Digests;
import io.platform.storage.Digests;
import io.platform.storage.ObjectInfo;
import io.platform.storage.ObjectWriter;
import io.platform.storage.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes a small object by one request, and a larger one by parts that go while the next is filled.
 */
final class BucketWriter extends ObjectWriter {
  private static final int FIRST_BUFFER = 64 * 1024;

  private final Bucket bucket;
  private final String key;
  private final String name;
  private final BucketUpload upload;
  private final RequestLimits limits;
  private final UploadAbort aborts;
  private final MessageDigest digest = Sha256Digests.start();
  private byte[] buffer = new byte[FIRST_BUFFER];
  private int filled;
  private long size;
  private @Nullable PartSender sender;
  private boolean done;
  private @Nullable IOException failed;

  BucketWriter(
      Bucket bucket,
      String key,
      String name,
      BucketUpload upload,
      RequestLimits limits,
      UploadAbort aborts) {
    this.bucket = bucket;
    this.key = key;
    this.name = name;
    this.upload = upload;
    this.limits = limits;
    this.aborts = aborts;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (done) {
      throw new IOException("The object %s is finished, nothing can be added.".formatted(key));
    }
    requireWhole();
    digest.update(bytes, offset, length);
    size += length;
    int taken = 0;
    while (taken < length) {
      makeRoom(length - taken);
      int n = Math.min(buffer.length - filled, length - taken);
      System.arraycopy(bytes, offset + taken, buffer, filled, n);
      filled += n;
      taken += n;
    }
  }

  /** Streams around this one write what they still hold when they are closed after a failure. */
  private void requireWhole() throws IOException {
    IOException earlier = failed;
    if (earlier != null) {
      throw new IOException(earlier.getMessage(), earlier);
    }
  }

  private void makeRoom(int wanted) throws IOException {
    if (buffer.length < limits.partSize() && buffer.length - filled < wanted) {
      long grown = Math.max(2L * buffer.length, (long) filled + wanted);
      buffer = Arrays.copyOf(buffer, (int) Math.min(grown, limits.partSize()));
    }
    if (filled == buffer.length) {
      try {
        buffer = sender().send(buffer, filled);
      } catch (IOException e) {
        failed = e;
        throw e;
      }
      filled = 0;
    }
  }

  private PartSender sender() throws IOException {
    PartSender begun = sender;
    if (begun == null) {
      begun = new PartSender(bucket.begin(name, upload), limits.partSize());
      sender = begun;
    }
    return begun;
  }

  @Override
  public ObjectInfo commit() throws IOException {
    if (done) {
      throw new IOException("The object %s is finished already.".formatted(key));
    }
    requireWhole();
    done = true;
    String sha256 = Digests.hex(digest.digest());
    try {
      send(sha256);
    } catch (IOException e) {
      if (!answerMayBeLost(e) || !isThere(e)) {
        throw e;
      }
    }
    return new ObjectInfo(key, size, sha256, Instant.now(), upload.how().metadata());
  }

  private void send(String sha256) throws IOException {
    PartSender begun = sender;
    if (begun == null) {
      bucket.put(name, buffer, filled, sha256, upload);
      return;
    }
    try {
      begun.finish(buffer, filled, size, sha256);
    } catch (IOException | RuntimeException e) {
      aborts.run(key, begun.stop());
      throw e;
    }
  }

  /**
   * Whether the store may have done what was asked of it, and the answer got lost. Asked again, it
   * says that there is an object already, or that the upload is no more.
   */
  private static boolean answerMayBeLost(IOException failure) {
    return failure instanceof FileAlreadyExistsException
        || (failure instanceof StoreException e
            && switch (e.error().kind()) {
              case ABORTED, BROKEN, BUSY -> true;
              default -> false;
            });
  }

  private boolean isThere(IOException failure) {
    try {
      return bucket.head(name).filter(object -> upload.made(object.metadata())).isPresent();
    } catch (IOException e) {
      failure.addSuppressed(e);
      return false;
    }
  }

  @Override
  public void close() {
    PartSender begun = sender;
    if (!done && begun != null) {
      aborts.run(key, begun.stop());
    }
    done = true;
  }
}
