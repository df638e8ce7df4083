package io.platform.storage;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobWriteOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A resumable upload: chunks in order, each sent again from where the store has it. What is not
 * completed is never an object.
 */
final class GoogleParts implements Bucket.Parts {
  private final Storage storage;
  private final GoogleTroubles troubles;
  private final Failure failure;
  private final StoreSettings settings;
  private final BlobInfo info;
  private final WriteChannel channel;

  private GoogleParts(
      Storage storage,
      GoogleTroubles troubles,
      Failure failure,
      StoreSettings settings,
      BlobInfo info,
      WriteChannel channel) {
    this.storage = storage;
    this.troubles = troubles;
    this.failure = failure;
    this.settings = settings;
    this.info = info;
    this.channel = channel;
  }

  static GoogleParts begin(
      Storage storage,
      GoogleTroubles troubles,
      Failure failure,
      StoreSettings settings,
      BlobInfo info,
      Creation how)
      throws IOException {
    BlobWriteOption[] options =
        how.ifAbsent()
            ? new BlobWriteOption[] {BlobWriteOption.doesNotExist()}
            : new BlobWriteOption[0];
    WriteChannel channel =
        troubles.within(settings.all(0), failure, () -> storage.writer(info, options));
    channel.setChunkSize(settings.partSize());
    return new GoogleParts(storage, troubles, failure, settings, info, channel);
  }

  @Override
  public int parallel() {
    return 1;
  }

  @Override
  public void send(int number, byte[] bytes, int length, boolean last) throws IOException {
    troubles.within(
        settings.all(length),
        failure,
        () -> {
          ByteBuffer part = ByteBuffer.wrap(bytes, 0, length);
          while (part.hasRemaining()) {
            channel.write(part);
          }
          return length;
        });
  }

  /** The digest is known only now: it is added to the object's metadata. */
  @Override
  public void complete(long size, String sha256Hex) throws IOException {
    Map<String, String> metadata = new TreeMap<>();
    @Nullable Map<String, @Nullable String> given = info.getMetadata();
    if (given != null) {
      given.forEach((name, value) -> metadata.put(name, value == null ? "" : value));
    }
    metadata.put(ObjectInfo.SHA256, sha256Hex);
    troubles.within(
        settings.all(settings.partSize()),
        failure,
        () -> {
          channel.close();
          return storage.update(info.toBuilder().setMetadata(metadata).build());
        });
  }

  @Override
  public void abort() {
    // closing the channel would complete the object; an upload that nobody completes expires
  }
}
