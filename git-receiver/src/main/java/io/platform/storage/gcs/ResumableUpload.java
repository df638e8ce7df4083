package io.platform.storage.gcs;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.CopyRequest;
import io.platform.storage.Digests;
import io.platform.storage.FailedOperation;
import io.platform.storage.ObjectInfo;
import io.platform.storage.StoreError;
import io.platform.storage.bucket.Bucket;
import io.platform.storage.bucket.BucketUpload;
import io.platform.storage.bucket.RequestLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A resumable upload: chunks in order, each sent again from where the store has it. The digest is
 * known only at its end, when the metadata of what was uploaded cannot change any more without
 * being seen. So it goes to a name that no listing shows; its copy inside the store, made with all
 * metadata, is the object.
 */
final class ResumableUpload implements Bucket.Parts {
  private final Storage storage;
  private final GcsErrorMapper errors;
  private final FailedOperation failure;
  private final RequestLimits limits;
  private final Target target;
  private final WriteChannel channel;
  private final CRC32C checksum = new CRC32C();
  private boolean whole;

  /**
   * The target of an upload.
   *
   * @param unseen what gathers
   * @param object what it becomes
   */
  record Target(BlobInfo unseen, BlobInfo object, BucketUpload upload) {}

  private ResumableUpload(
      Storage storage,
      GcsErrorMapper errors,
      FailedOperation failure,
      RequestLimits limits,
      Target target,
      WriteChannel channel) {
    this.storage = storage;
    this.errors = errors;
    this.failure = failure;
    this.limits = limits;
    this.target = target;
    this.channel = channel;
  }

  static ResumableUpload begin(
      Storage storage,
      GcsErrorMapper errors,
      FailedOperation failure,
      RequestLimits limits,
      Target target)
      throws IOException {
    WriteChannel channel =
        errors.within(limits.all(0), failure, () -> storage.writer(target.unseen()));
    channel.setChunkSize(limits.partSize());
    return new ResumableUpload(storage, errors, failure, limits, target, channel);
  }

  /** What must hold where an object is made. */
  static BlobTargetOption[] conditions(BucketUpload upload) {
    return upload.ifAbsent()
        ? new BlobTargetOption[] {BlobTargetOption.doesNotExist()}
        : new BlobTargetOption[0];
  }

  @Override
  public int parallel() {
    return 1;
  }

  @Override
  public void send(int number, byte[] bytes, int length, boolean last) throws IOException {
    checksum.update(bytes, 0, length);
    errors.within(
        limits.all(length),
        this::ended,
        () -> {
          ByteBuffer part = ByteBuffer.wrap(bytes, 0, length);
          while (part.hasRemaining()) {
            channel.write(part);
          }
          return length;
        });
  }

  @Override
  public void complete(long size, String sha256Hex) throws IOException {
    errors.within(
        limits.all(limits.partSize()),
        this::ended,
        () -> {
          channel.close();
          return channel;
        });
    whole = true;
    requireUndamaged();
    if (target.upload().ifAbsent()) {
      refuseToReplace(); // an emulator knows no condition for copies
    }
    BlobInfo object =
        target.object().toBuilder()
            .setMetadata(target.upload().metadata(ObjectInfo.SHA256, sha256Hex))
            .build();
    CopyRequest copy =
        CopyRequest.newBuilder()
            .setSource(target.unseen().getBlobId())
            .setTarget(object, conditions(target.upload()))
            .build();
    errors.within(limits.all(size), this::ended, () -> storage.copy(copy).getResult());
    try {
      discard();
    } catch (IOException e) {
      // the object is there; the sweep finds what was copied
    }
  }

  /** The store computes no SHA-256, but a checksum of its own of what has arrived. */
  private void requireUndamaged() throws IOException {
    @Nullable Blob arrived =
        errors.ask(this::ended, () -> storage.get(target.unseen().getBlobId()));
    if (arrived == null) {
      throw failure.because(StoreError.of(StoreError.Kind.ABORTED));
    }
    byte[] sent = ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
    if (!Digests.base64(sent).equals(arrived.getCrc32c())) {
      throw failure.because(
          StoreError.of(StoreError.Kind.DAMAGED, "the bytes were changed on their way"));
    }
  }

  /** Of an upload that has begun, nothing but what it has sent can be missing: it may be swept. */
  private IOException ended(StoreError error) {
    return failure.because(
        error.kind() == StoreError.Kind.MISSING ? StoreError.of(StoreError.Kind.ABORTED) : error);
  }

  private void refuseToReplace() throws IOException {
    if (errors.ask(failure, () -> storage.get(target.object().getBlobId())) != null) {
      throw failure.because(StoreError.of(StoreError.Kind.EXISTS));
    }
  }

  private void discard() throws IOException {
    errors.within(limits.brief(), failure, () -> storage.delete(target.unseen().getBlobId()));
  }

  /** To close the channel would complete it; what nobody completes expires. */
  @Override
  public void abort() throws IOException {
    if (whole) {
      discard();
    }
  }
}
