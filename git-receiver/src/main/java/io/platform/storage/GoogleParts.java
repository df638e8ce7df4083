package io.platform.storage;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.CopyRequest;
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
final class GoogleParts implements Bucket.Parts {
  private final Storage storage;
  private final GoogleTroubles troubles;
  private final Failure failure;
  private final StoreSettings settings;
  private final Target target;
  private final WriteChannel channel;
  private final CRC32C checksum = new CRC32C();
  private boolean whole;

  /**
   * What is uploaded to.
   *
   * @param unseen what gathers
   * @param object what it becomes
   */
  record Target(BlobInfo unseen, BlobInfo object, Upload upload) {}

  private GoogleParts(
      Storage storage,
      GoogleTroubles troubles,
      Failure failure,
      StoreSettings settings,
      Target target,
      WriteChannel channel) {
    this.storage = storage;
    this.troubles = troubles;
    this.failure = failure;
    this.settings = settings;
    this.target = target;
    this.channel = channel;
  }

  static GoogleParts begin(
      Storage storage,
      GoogleTroubles troubles,
      Failure failure,
      StoreSettings settings,
      Target target)
      throws IOException {
    WriteChannel channel =
        troubles.within(settings.all(0), failure, () -> storage.writer(target.unseen()));
    channel.setChunkSize(settings.partSize());
    return new GoogleParts(storage, troubles, failure, settings, target, channel);
  }

  /** What must hold where an object is made. */
  static BlobTargetOption[] conditions(Upload upload) {
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
    troubles.within(
        settings.all(length),
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
    troubles.within(
        settings.all(settings.partSize()),
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
    troubles.within(settings.all(size), this::ended, () -> storage.copy(copy).getResult());
    discard();
  }

  /** The store computes no SHA-256, but a checksum of its own of what has arrived. */
  private void requireUndamaged() throws IOException {
    @Nullable Blob arrived =
        troubles.ask(this::ended, () -> storage.get(target.unseen().getBlobId()));
    if (arrived == null) {
      throw failure.because(Trouble.of(Trouble.Kind.ABORTED));
    }
    byte[] sent = ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
    if (!Digests.base64(sent).equals(arrived.getCrc32c())) {
      throw failure.because(
          Trouble.of(Trouble.Kind.DAMAGED, "the bytes were changed on their way"));
    }
  }

  /** Of an upload that has begun, nothing but what it has sent can be missing: it may be swept. */
  private IOException ended(Trouble trouble) {
    return failure.because(
        trouble.kind() == Trouble.Kind.MISSING ? Trouble.of(Trouble.Kind.ABORTED) : trouble);
  }

  private void refuseToReplace() throws IOException {
    if (troubles.ask(failure, () -> storage.get(target.object().getBlobId())) != null) {
      throw failure.because(Trouble.of(Trouble.Kind.EXISTS));
    }
  }

  private void discard() {
    try {
      troubles.within(settings.brief(), failure, () -> storage.delete(target.unseen().getBlobId()));
    } catch (IOException e) {
      // the sweep finds it
    }
  }

  /** To close the channel would complete it; what nobody completes expires. */
  @Override
  public void abort() {
    if (whole) {
      discard();
    }
  }
}
